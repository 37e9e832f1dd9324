#include "ui/views.h"

#include "app/base/failure.h"
#include "ui/failure-notice.h"
#include "ui/said.h"
#include "ui/view-card.h"
#include "ui/view-confirm.h"
#include "ui/view-consent.h"
#include "ui/view-contact.h"
#include "ui/view-done.h"
#include "ui/view-home.h"
#include "ui/view-offline.h"
#include "ui/view-person.h"
#include "ui/view-pin.h"
#include "ui/view-stopped.h"

static const struct {
  const char *state, *view;
} by_state[] = {
  { "idle", "home" },     { "consent", "consent" }, { "card", "card" },
  { "reading", "card" },  { "pin", "pin" },         { "checking", "card" },
  { "person", "person" }, { "contact", "contact" }, { "confirm", "confirm" },
  { "signing", "card" },  { "done", "done" },       { "stopped", "stopped" },
};

static const struct {
  const char *name;
  MadoView *(*build) (const MadoMoment *moment);
} by_name[] = {
  { "home", mado_view_home_new },         { "consent", mado_view_consent_new },
  { "card", mado_view_card_new },         { "pin", mado_view_pin_new },
  { "last-try", mado_view_last_try_new }, { "person", mado_view_person_new },
  { "contact", mado_view_contact_new },   { "confirm", mado_view_confirm_new },
  { "done", mado_view_done_new },         { "stopped", mado_view_stopped_new },
  { "offline", mado_view_offline_new },
};

/* A last try is spent only after the staff has said so for this very page. */
static gboolean
stands_before_last_try (const MadoMoment *moment, const MadoView *now_shown)
{
  return mado_said_number (moment->state, "tries/left", 5) == 1
         && (now_shown == NULL || !now_shown->allowed);
}

const char *
mado_views_name (const MadoMoment *moment, const MadoView *now_shown)
{
  const char *state = mado_said (moment->state, "state");

  if (moment->state == NULL)
    return "offline";
  if (g_str_equal (state, "pin") && stands_before_last_try (moment, now_shown))
    return "last-try";
  for (gsize i = 0; i < G_N_ELEMENTS (by_state); i++)
    if (g_str_equal (by_state[i].state, state))
      return by_state[i].view;
  return "stopped"; /* a step this window does not know: it can only be ended */
}

MadoView *
mado_views_build (const char *name, const MadoMoment *moment)
{
  MadoView *view = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (by_name); i++)
    if (g_str_equal (by_name[i].name, name))
      view = by_name[i].build (moment);
  return view != NULL ? view : mado_view_unlockable_new (moment);
}

int
mado_views_step (const MadoMoment *moment)
{
  return mado_said_number (moment->state, "step", 0);
}
