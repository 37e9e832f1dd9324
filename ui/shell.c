#include "ui/shell.h"

#include "ui/build.h"
#include "ui/drawn.h"
#include "ui/frame.h"
#include "ui/kept.h"
#include "ui/question.h"
#include "ui/said.h"
#include "ui/style.h"
#include "ui/toast.h"
#include "ui/view-pin.h"
#include "ui/views.h"
#include "ui/wording.h"

#define SECOND_PRESS_MS 700

struct _MadoShell {
  GtkWindow       *window;
  MadoClient      *client;
  const MadoClock *clock;
  MadoFrame        frame;
  GtkWidget       *question, *before_question; /* before: had the focus; nullable */
  MadoView        *view;
  MadoKept         kept;
  MadoDrawn        drawn;
  char            *application; /* of the view */
  guint32          last_main;   /* event time of the last press, 0: none */
  guint            tick;
  gboolean         had_card; /* on the reader, while the done page shows */
};

static void
forget_focus (MadoShell *shell)
{
  g_clear_weak_pointer (&shell->before_question);
}

static void
drop_question (MadoShell *shell)
{
  if (shell->question == NULL)
    return;
  g_clear_pointer (&shell->question, gtk_widget_destroy);
  gtk_widget_set_sensitive (shell->frame.column, TRUE);
  if (shell->before_question != NULL)
    gtk_widget_grab_focus (shell->before_question);
  forget_focus (shell);
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

static void
ask_to_stop (MadoShell *shell)
{
  static const MadoQuestion question = {
    .title = "手続きを 中止しますか",
    .consequence = "入れた内容は 消えます。カードは そのまま使えます。",
    .stay = "つづける",
    .leave = "中止する",
  };

  g_set_weak_pointer (&shell->before_question, gtk_window_get_focus (shell->window));
  shell->question = mado_question_new (&question, G_CALLBACK (go_on), G_CALLBACK (stop_now), shell);
  gtk_overlay_add_overlay (GTK_OVERLAY (shell->frame.overlay), shell->question);
  gtk_widget_set_sensitive (shell->frame.column, FALSE);
  gtk_widget_show_all (shell->question);
  mado_question_focus (shell->question);
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

static void
on_refused (MadoClient *client G_GNUC_UNUSED, int failure, MadoShell *shell)
{
  g_autofree char *words
      = g_strdup_printf ("%s（%s）", mado_wording (failure)->first, mado_failure_slip (failure));

  if (failure != MADO_FAILURE_FIELD) /* there the page itself says which and how */
    mado_toast_show (GTK_OVERLAY (shell->frame.overlay), words);
}

static MadoMoment
moment_of (MadoShell *shell)
{
  return (MadoMoment){ shell->client, mado_client_state (shell->client),
                       mado_client_status (shell->client), mado_client_applications (shell->client),
                       mado_clock_now (shell->clock) };
}

static void
drop_view (MadoShell *shell)
{
  if (shell->view == NULL)
    return;
  if (shell->view->typed != NULL && shell->view->is_typed (shell->view))
    mado_kept_take (&shell->kept, shell->application, shell->view->typed (shell->view));
  mado_frame_drop (&shell->frame, shell->view);
  g_clear_pointer (&shell->view, mado_view_free);
}

/* What was typed before for the same application is on the page again. */
static void
retype (MadoShell *shell, MadoView *view, const char *application)
{
  JsonObject *typed = mado_kept_for (&shell->kept, application);

  if (view->retype != NULL && typed != NULL)
    view->retype (view, typed);
}

static void
show_view (MadoShell *shell, MadoView *view, const char *application)
{
  drop_question (shell);
  drop_view (shell);
  mado_kept_only (&shell->kept, application);
  retype (shell, view, application);
  shell->view = view;
  g_free (shell->application);
  shell->application = g_strdup (application);
  mado_frame_put (&shell->frame, view);
  if (view->stop != NULL)
    g_signal_connect (view->stop, "clicked", G_CALLBACK (on_stop), shell);
  if (view->back != NULL)
    g_signal_connect (view->back, "clicked", G_CALLBACK (on_back), shell);
  if (view->first != NULL)
    gtk_widget_grab_focus (view->first);
}

/* Whether the page on screen shows @moment, as it is or by drawing it into itself. */
static gboolean
is_shown (MadoShell *shell, const MadoMoment *moment, const char *name)
{
  MadoView *view = shell->view;
  gboolean  drawn = mado_drawn_is (&shell->drawn, moment, view != NULL && view->is_live);

  if (view == NULL || !g_str_equal (view->name, name))
    return FALSE;
  return drawn || (view->update != NULL && view->update (view, moment));
}

static void
draw (MadoShell *shell, const MadoMoment *moment)
{
  const char *application = mado_said (moment->state, "application");
  const char *name = mado_views_name (moment, shell->view);
  gboolean    allowed = shell->view != NULL && shell->view->allowed && g_str_equal (name, "pin");

  mado_frame_draw_bars (&shell->frame, moment);
  if (is_shown (shell, moment, name))
    return;
  show_view (shell, mado_views_build (name, moment), application);
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

/* A nervous second press, or a key held down, must not confirm the next screen. */
static void
press_main (MadoShell *shell, guint32 time)
{
  gboolean again = shell->last_main != 0 && time - shell->last_main < SECOND_PRESS_MS;

  shell->last_main = time;
  if (!again)
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

static gboolean
is_ticked (GtkWidget *button)
{
  return GTK_IS_TOGGLE_BUTTON (button) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

/* Pictures and rows are sized when they are built; what was typed and ticked moves over. */
static void
build_again (MadoShell *shell)
{
  MadoMoment moment = moment_of (shell);
  MadoView  *before = shell->view;
  MadoView  *fresh = mado_views_build (before->name, &moment);

  if (fresh->inherit != NULL)
    fresh->inherit (fresh, before);
  if (is_ticked (before->second))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (fresh->second), TRUE);
  show_view (shell, fresh, mado_said (moment.state, "application"));
}

static void
step_text (MadoShell *shell, int by)
{
  MadoMoment moment = moment_of (shell);

  mado_style_step_text (by);
  mado_frame_forget_sizes (&shell->frame);
  build_again (shell);
  mado_frame_draw_bars (&shell->frame, &moment);
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
  case GDK_KEY_F2:
    if (!shell->view->is_begin)
      return FALSE;
    G_GNUC_FALLTHROUGH;
  case GDK_KEY_F9:
    press_main (shell, event->time);
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

  mado_frame_draw_bars (&shell->frame, &moment);
  return G_SOURCE_CONTINUE;
}

static void
on_destroy (GtkWidget *window G_GNUC_UNUSED, MadoShell *shell)
{
  g_signal_handlers_disconnect_by_data (shell->client, shell);
  g_clear_handle_id (&shell->tick, g_source_remove);
  g_clear_pointer (&shell->view, mado_view_free);
  forget_focus (shell);
  mado_kept_only (&shell->kept, "");
  g_object_unref (shell->client);
  g_free (shell->application);
  mado_drawn_clear (&shell->drawn);
  g_free (shell);
}

MadoShell *
mado_shell_new (GtkWindow *window, MadoClient *client, const MadoClock *clock)
{
  MadoShell *shell = g_new0 (MadoShell, 1);

  shell->window = window;
  shell->client = g_object_ref (client);
  shell->clock = clock;
  mado_add_classes (GTK_WIDGET (window), "mado");
  mado_frame_init (&shell->frame, window);
  g_signal_connect (window, "key-press-event", G_CALLBACK (on_key), shell);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), shell);
  g_signal_connect (client, "changed", G_CALLBACK (on_changed), shell);
  g_signal_connect (client, "refused", G_CALLBACK (on_refused), shell);
  shell->tick = g_timeout_add_seconds (10, on_tick, shell);
  on_changed (client, shell);
  return shell;
}
