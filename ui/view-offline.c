#include "ui/view-offline.h"

#include "ui/build.h"
#include "ui/button.h"
#include "ui/icon.h"
#include "ui/ornaments.h"
#include "ui/wording.h"

static void
on_try (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_try_now (view->client);
}

static GtkWidget *
middle (GtkWidget *widget)
{
  return mado_align (widget, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
}

static GtkWidget *
sheet (MadoView *view)
{
  const MadoWording *wording = mado_wording (MADO_FAILURE_AGENT_UNREACHABLE);
  GtkWidget         *column = mado_column ("panel calm", 14);

  mado_put (column, mado_margins (mado_bookshelf_new (TRUE), 12, 0, 12, 0));
  mado_put (column, middle (mado_text ("h1", wording->first)));
  mado_put (column, middle (mado_text ("lead", wording->second)));
  mado_put (column, middle (mado_text ("muted small", wording->next[1])));
  view->main = mado_button_new ("primary", "refresh", "いま もう一度 ためす", NULL, "F9");
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_try), view);
  mado_put (column, mado_margins (middle (view->main), 16, 0, 4, 0));
  mado_put (column, middle (mado_textf ("micro muted", "案内の番号　MADO-%s",
                                        mado_failure_slip (MADO_FAILURE_AGENT_UNREACHABLE))));
  return middle (column);
}

MadoView *
mado_view_offline_new (const MadoMoment *moment)
{
  MadoView *view = mado_view_new ("offline", moment);

  view->body = mado_column ("home", 0);
  gtk_box_set_center_widget (GTK_BOX (view->body), sheet (view));
  view->first = view->main;
  return view;
}
