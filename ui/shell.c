#include "ui/shell.h"

#include "app/base/json.h"
#include "ui/appbar.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/rail.h"
#include "ui/said.h"
#include "ui/style.h"
#include "ui/view-pin.h"
#include "ui/views.h"
#include "ui/wording.h"

#define SECOND_PRESS_US (700 * 1000)
#define TOAST_S 6

struct _MadoShell {
  GtkWindow       *window;
  MadoClient      *client;
  const MadoClock *clock;
  GtkWidget       *overlay, *frame;              /* frame: strip, bars and body, top to bottom */
  GtkWidget       *strip, *appbar, *rail, *body; /* body: scrolls when the text is large */
  GtkWidget       *question, *toast;
  MadoView        *view;
  int              step;
  char            *drawn; /* digest of the session document on screen */
  gint64           last_main;
  guint            tick, toast_out;
  gboolean         had_card; /* on the reader, while the done page shows */
};

static void
replace (GtkWidget **place, GtkWidget *widget)
{
  if (*place != NULL)
    gtk_widget_destroy (*place);
  *place = widget;
}

static void
drop_question (MadoShell *shell)
{
  if (shell->question == NULL)
    return;
  replace (&shell->question, NULL);
  gtk_widget_set_sensitive (shell->frame, TRUE);
  if (shell->view != NULL && shell->view->first != NULL)
    gtk_widget_grab_focus (shell->view->first);
}

static void
stop_now (GtkButton *button G_GNUC_UNUSED, MadoShell *shell)
{
  drop_question (shell);
  mado_client_cancel (shell->client);
}

static void
go_on (GtkButton *button G_GNUC_UNUSED, MadoShell *shell)
{
  drop_question (shell);
}

static GtkWidget *
question_sheet (MadoShell *shell)
{
  GtkWidget *sheet = mado_column ("dialog", 12);
  GtkWidget *buttons = mado_row (NULL, 12);
  GtkWidget *stay = mado_button_new ("neutral", NULL, "つづける", NULL, "Esc");
  GtkWidget *leave = mado_button_new ("danger", NULL, "中止する", NULL, NULL);

  mado_put (sheet, mado_text ("h2", "手続きを 中止しますか"));
  mado_put (sheet, mado_text (NULL, "入れた内容は 消えます。カードは そのまま使えます。"));
  mado_put_end (buttons, leave);
  mado_put_end (buttons, stay);
  mado_put (sheet, mado_margins (buttons, 12, 0, 0, 0));
  g_signal_connect (stay, "clicked", G_CALLBACK (go_on), shell);
  g_signal_connect (leave, "clicked", G_CALLBACK (stop_now), shell);
  g_object_set_data (G_OBJECT (sheet), "safe", stay);
  atk_object_set_role (gtk_widget_get_accessible (sheet), ATK_ROLE_DIALOG);
  mado_set_name (sheet, "手続きを 中止しますか");
  return mado_align (sheet, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
}

static void
ask_to_stop (MadoShell *shell)
{
  GtkWidget *ground = mado_column ("dimmed", 0);
  GtkWidget *sheet = question_sheet (shell);

  gtk_box_set_center_widget (GTK_BOX (ground), sheet);
  gtk_overlay_add_overlay (GTK_OVERLAY (shell->overlay), ground);
  gtk_widget_set_sensitive (shell->frame, FALSE);
  gtk_widget_show_all (ground);
  shell->question = ground;
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (sheet), "safe"));
}

static void
on_stop (GtkButton *button G_GNUC_UNUSED, MadoShell *shell)
{
  if (shell->view->is_typed != NULL && shell->view->is_typed (shell->view))
    ask_to_stop (shell);
  else
    mado_client_cancel (shell->client);
}

static void
on_back (GtkButton *button G_GNUC_UNUSED, MadoShell *shell)
{
  mado_client_back (shell->client);
}

static gboolean
on_toast_over (gpointer data)
{
  MadoShell *shell = data;

  shell->toast_out = 0;
  replace (&shell->toast, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_refused (MadoClient *client G_GNUC_UNUSED, int failure, MadoShell *shell)
{
  const MadoWording *wording = mado_wording (failure);

  if (failure == MADO_FAILURE_FIELD) /* the page itself says which and how */
    return;
  GtkWidget       *toast = mado_row ("toast", 12);
  g_autofree char *words
      = g_strdup_printf ("%s（%s）", wording->first, mado_failure_slip (failure));

  g_clear_handle_id (&shell->toast_out, g_source_remove);
  mado_put (toast, mado_line (NULL, words));
  mado_align (toast, GTK_ALIGN_END, GTK_ALIGN_END);
  mado_margins (toast, 0, 24, 104, 24);
  replace (&shell->toast, toast);
  gtk_overlay_add_overlay (GTK_OVERLAY (shell->overlay), toast);
  gtk_widget_show_all (toast);
  shell->toast_out = g_timeout_add_seconds (TOAST_S, on_toast_over, shell);
}

static MadoMoment
moment_of (MadoShell *shell)
{
  return (MadoMoment){ shell->client, mado_client_state (shell->client),
                       mado_client_status (shell->client), mado_client_applications (shell->client),
                       mado_clock_now (shell->clock) };
}

static void
draw_strip (MadoShell *shell, const MadoMoment *moment)
{
  gboolean rehearsal = moment->status != NULL && mado_json_flag (moment->status, "rehearsal");
  GtkStyleContext *style = gtk_widget_get_style_context (shell->frame);

  gtk_widget_set_visible (shell->strip, rehearsal);
  if (rehearsal)
    gtk_style_context_add_class (style, "rehearsal");
  else
    gtk_style_context_remove_class (style, "rehearsal");
}

static void
draw_appbar (MadoShell *shell, const MadoMoment *moment)
{
  replace (&shell->appbar, mado_appbar_new (moment));
  mado_put (shell->frame, shell->appbar);
  gtk_box_reorder_child (GTK_BOX (shell->frame), shell->appbar, 1);
  gtk_widget_show_all (shell->appbar);
}

static void
draw_rail (MadoShell *shell, int step)
{
  if (step == shell->step)
    return;
  shell->step = step;
  replace (&shell->rail, step > 0 ? mado_rail_new (step) : NULL);
  if (shell->rail == NULL)
    return;
  mado_put (shell->frame, shell->rail);
  gtk_box_reorder_child (GTK_BOX (shell->frame), shell->rail, 2);
  gtk_widget_show_all (shell->rail);
}

/* A large text step may need more height than the screen has: then the body scrolls, whole. */
static GtkWidget *
scrolling (GtkWidget *body)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_container_add (GTK_CONTAINER (scrolled), body);
  return scrolled;
}

static void
drop_view (MadoShell *shell)
{
  if (shell->view == NULL)
    return;
  GtkWidget *bar = shell->view->bar;
  replace (&shell->body, NULL);
  replace (&bar, NULL);
  g_clear_pointer (&shell->view, mado_view_free);
}

static void
show_view (MadoShell *shell, MadoView *view)
{
  drop_question (shell);
  drop_view (shell);
  shell->view = view;
  shell->body = scrolling (view->body);
  mado_put_wide (shell->frame, shell->body);
  gtk_widget_show_all (shell->body);
  if (view->bar != NULL) {
    mado_put (shell->frame, view->bar);
    gtk_widget_show_all (view->bar);
  }
  if (view->stop != NULL)
    g_signal_connect (view->stop, "clicked", G_CALLBACK (on_stop), shell);
  if (view->back != NULL)
    g_signal_connect (view->back, "clicked", G_CALLBACK (on_back), shell);
  if (view->first != NULL)
    gtk_widget_grab_focus (view->first);
}

static void
copy_member (JsonObject *from G_GNUC_UNUSED, const char *name, JsonNode *value, gpointer to)
{
  if (!g_str_equal (name, "reader"))
    json_object_set_member (to, name, json_node_copy (value));
}

/* The document but for the reader's light, which is no step of the sitting. */
static char *
sitting_text (JsonObject *state)
{
  g_autoptr (JsonObject) sitting = json_object_new ();

  json_object_foreach_member (state, copy_member, sitting);
  return mado_json_canonical_object (sitting);
}

/* Lights change while people type: a page is built again only when its own sitting moved. */
static gboolean
is_drawn (MadoShell *shell, const MadoMoment *moment, const char *name)
{
  g_autofree char *state = moment->state != NULL ? sitting_text (moment->state) : g_strdup ("");
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, state, -1);
  gboolean         same = g_strcmp0 (digest, shell->drawn) == 0 && shell->view != NULL
                  && g_str_equal (shell->view->name, name) && !shell->view->is_live;

  g_free (shell->drawn);
  shell->drawn = g_steal_pointer (&digest);
  return same;
}

static void
draw (MadoShell *shell, const MadoMoment *moment)
{
  const char *name = mado_views_name (moment, shell->view);
  gboolean    allowed = shell->view != NULL && shell->view->allowed && g_str_equal (name, "pin");

  draw_strip (shell, moment);
  draw_appbar (shell, moment);
  draw_rail (shell, mado_views_step (moment));
  if (is_drawn (shell, moment, name))
    return;
  if (shell->view != NULL && g_str_equal (shell->view->name, name) && shell->view->update != NULL
      && shell->view->update (shell->view, moment))
    return;
  show_view (shell, mado_views_build (name, moment));
  if (allowed && g_str_equal (shell->view->name, "pin"))
    mado_view_pin_allow_last_try (shell->view);
}

/* Taking the card ends the sitting: the person must not stay on the screen without it. */
static void
end_when_card_taken (MadoShell *shell, const MadoMoment *moment)
{
  gboolean done = g_str_equal (mado_said (moment->state, "state"), "done");
  gboolean card = g_str_equal (mado_said (moment->status, "reader/state"), "card");

  if (done && shell->had_card && !card && moment->status != NULL)
    mado_client_cancel (shell->client);
  shell->had_card = done && card;
}

static void
on_changed (MadoClient *client G_GNUC_UNUSED, MadoShell *shell)
{
  MadoMoment moment = moment_of (shell);

  draw (shell, &moment);
  end_when_card_taken (shell, &moment);
}

void
mado_shell_draw (MadoShell *shell, JsonObject *state, JsonObject *status, JsonObject *applications)
{
  MadoMoment moment = { shell->client, state, status, applications, mado_clock_now (shell->clock) };

  draw (shell, &moment);
}

const char *
mado_shell_view_name (MadoShell *shell)
{
  return shell->view->name;
}

static gboolean
can_press (GtkWidget *button)
{
  return button != NULL && gtk_widget_is_sensitive (button) && gtk_widget_is_visible (button);
}

static void
press (GtkWidget *button)
{
  if (!can_press (button))
    return;
  gtk_button_clicked (GTK_BUTTON (button));
}

/* A nervous second press must not confirm the next screen. */
static void
press_main (MadoShell *shell)
{
  gint64 now = g_get_monotonic_time ();

  if (now - shell->last_main < SECOND_PRESS_US || !can_press (shell->view->main))
    return;
  shell->last_main = now;
  press (shell->view->main);
}

void
mado_shell_set_high_contrast (MadoShell *shell, gboolean wanted)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (shell->window));

  if (wanted)
    gtk_style_context_add_class (style, "hc");
  else
    gtk_style_context_remove_class (style, "hc");
}

static void
toggle_contrast (MadoShell *shell)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (shell->window));

  mado_shell_set_high_contrast (shell, !gtk_style_context_has_class (style, "hc"));
}

/* Pictures and rows are sized when they are built; a page with typed text is left as it is. */
static void
step_text (MadoShell *shell, int by)
{
  MadoView *view = shell->view;

  mado_style_step_text (by);
  shell->step = -1;
  if (view->is_typed == NULL || !view->is_typed (view)) {
    g_clear_pointer (&shell->drawn, g_free);
    drop_view (shell);
  }
  on_changed (shell->client, shell);
}

static gboolean
look_key (MadoShell *shell, const GdkEventKey *event)
{
  if ((event->state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  if (event->keyval == GDK_KEY_plus || event->keyval == GDK_KEY_equal
      || event->keyval == GDK_KEY_KP_Add || event->keyval == GDK_KEY_semicolon)
    step_text (shell, 1);
  else if (event->keyval == GDK_KEY_minus || event->keyval == GDK_KEY_KP_Subtract)
    step_text (shell, -1);
  else if ((event->state & GDK_MOD1_MASK) && g_ascii_tolower ((char)event->keyval) == 'h')
    toggle_contrast (shell);
  else
    return FALSE;
  return TRUE;
}

static gboolean
flow_key (MadoShell *shell, const GdkEventKey *event)
{
  switch (event->keyval) {
  case GDK_KEY_F9:
    press_main (shell);
    return TRUE;
  case GDK_KEY_F7:
    press (shell->view->second);
    return TRUE;
  case GDK_KEY_Escape:
    press (shell->view->stop);
    return TRUE;
  case GDK_KEY_Left:
    if ((event->state & GDK_MOD1_MASK) == 0)
      return FALSE;
    press (shell->view->back);
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
on_key (GtkWidget *window G_GNUC_UNUSED, const GdkEventKey *event, MadoShell *shell)
{
  if (shell->view == NULL || look_key (shell, event))
    return shell->view != NULL;
  if (shell->question != NULL) {
    if (event->keyval == GDK_KEY_Escape)
      drop_question (shell);
    return event->keyval == GDK_KEY_Escape;
  }
  if (shell->view->key != NULL && shell->view->key (shell->view, event))
    return TRUE;
  return flow_key (shell, event);
}

static gboolean
on_tick (gpointer data)
{
  MadoShell *shell = data;
  MadoMoment moment = moment_of (shell);

  draw_appbar (shell, &moment);
  return G_SOURCE_CONTINUE;
}

static void
on_destroy (GtkWidget *window G_GNUC_UNUSED, MadoShell *shell)
{
  g_signal_handlers_disconnect_by_data (shell->client, shell);
  g_clear_handle_id (&shell->tick, g_source_remove);
  g_clear_handle_id (&shell->toast_out, g_source_remove);
  g_clear_pointer (&shell->view, mado_view_free);
  g_object_unref (shell->client);
  g_free (shell->drawn);
  g_free (shell);
}

static void
build_frame (MadoShell *shell)
{
  GtkWidget *words = mado_text (NULL, "予行演習　本番のデータには つながりません");

  shell->overlay = gtk_overlay_new ();
  shell->frame = mado_column ("counter", 0);
  shell->strip = mado_row ("rehearsal-strip", 0);
  gtk_box_set_center_widget (GTK_BOX (shell->strip), words);
  gtk_widget_show (words);
  gtk_widget_set_no_show_all (shell->strip, TRUE);
  mado_put (shell->frame, shell->strip);
  gtk_container_add (GTK_CONTAINER (shell->overlay), shell->frame);
  gtk_container_add (GTK_CONTAINER (shell->window), shell->overlay);
  gtk_widget_show_all (shell->overlay);
}

MadoShell *
mado_shell_new (GtkWindow *window, MadoClient *client, const MadoClock *clock)
{
  MadoShell *shell = g_new0 (MadoShell, 1);

  shell->window = window;
  shell->client = g_object_ref (client);
  shell->clock = clock;
  mado_add_classes (GTK_WIDGET (window), "mado");
  build_frame (shell);
  g_signal_connect (window, "key-press-event", G_CALLBACK (on_key), shell);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), shell);
  g_signal_connect (client, "changed", G_CALLBACK (on_changed), shell);
  g_signal_connect (client, "refused", G_CALLBACK (on_refused), shell);
  shell->tick = g_timeout_add_seconds (10, on_tick, shell);
  on_changed (client, shell);
  return shell;
}
