#include "ui/views.h"

#include "ui/said.h"
#include "ui/view-home.h"
#include "ui/view-offline.h"

const char *
mado_views_name (const MadoMoment *moment, const MadoView *now_shown G_GNUC_UNUSED)
{
  return moment->state == NULL ? "offline" : "home";
}

MadoView *
mado_views_build (const char *name, const MadoMoment *moment)
{
  return g_str_equal (name, "home") ? mado_view_home_new (moment) : mado_view_offline_new (moment);
}

int
mado_views_step (const MadoMoment *moment)
{
  return mado_said_number (moment->state, "step", 0);
}
