/* The shell around the views, with a fake agent on the other end of a real socket. */
#include "tests/ui/fake-agent.h"
#include "ui/shell.h"
#include "ui/style.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char       *dir, *socket;
  FakeAgent  *agent;
  MadoClient *client;
  MadoClock  *clock;
  GtkWidget  *window;
  MadoShell  *shell;
} Counter;

static void
open_without_agent (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  counter->dir = g_dir_make_tmp ("mado-shell-XXXXXX", NULL);
  counter->socket = g_build_filename (counter->dir, "agent.sock", NULL);
  counter->client = mado_client_new (counter->socket);
  counter->clock = mado_clock_new_fixed (G_GINT64_CONSTANT (1795138920000));
  counter->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  counter->shell = mado_shell_new (GTK_WINDOW (counter->window), counter->client, counter->clock);
  gtk_widget_show (counter->window);
  mado_client_start (counter->client);
}

static void
close_counter (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  gtk_widget_destroy (counter->window);
  g_object_unref (counter->client);
  g_clear_pointer (&counter->agent, fake_agent_free);
  mado_clock_free (counter->clock);
  g_unlink (counter->socket);
  g_rmdir (counter->dir);
  g_free (counter->socket);
  g_free (counter->dir);
}

static void
wait_for_view (Counter *counter, const char *name)
{
  while (!g_str_equal (mado_shell_view_name (counter->shell), name))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_log (Counter *counter, const char *part)
{
  while (strstr (fake_agent_log (counter->agent), part) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_with_agent (Counter *counter, gconstpointer data)
{
  open_without_agent (counter, data);
  counter->agent = fake_agent_new (counter->socket);
  mado_client_try_now (counter->client);
  wait_for_view (counter, "home");
}

/* @state: the modifiers held; @time: milliseconds of the display */
static void
press_key_at (Counter *counter, guint keyval, guint state, guint32 time)
{
  GdkEventKey event = { .type = GDK_KEY_PRESS,
                        .window = gtk_widget_get_window (counter->window),
                        .time = time,
                        .state = state,
                        .keyval = keyval };
  gboolean    used;

  g_signal_emit_by_name (counter->window, "key-press-event", &event, &used);
}

/* Each press long after the one before. */
static void
press_key (Counter *counter, guint keyval)
{
  static guint32 time = 100000;

  press_key_at (counter, keyval, 0, time += 5000);
}

static void
collect (GtkWidget *widget, gpointer found)
{
  g_ptr_array_add (found, widget);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), collect, found);
}

static GtkWidget *
find (Counter *counter, const char *part)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  collect (counter->window, all);
  for (guint i = 0; i < all->len; i++) {
    GtkWidget  *widget = all->pdata[i];
    const char *name = atk_object_get_name (gtk_widget_get_accessible (widget));
    const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";
    if ((name != NULL && strstr (name, part) != NULL) || strstr (text, part) != NULL)
      return widget;
  }
  return NULL;
}

/* The button or entry called @name. */
static GtkWidget *
control (Counter *counter, const char *name)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  collect (counter->window, all);
  for (guint i = 0; i < all->len; i++) {
    GtkWidget *widget = all->pdata[i];
    if ((GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget))
        && g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (widget)), name) == 0)
      return widget;
  }
  g_error ("no control called %s", name);
}

static void
comes_back_by_itself (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  wait_for_view (counter, "offline");
  counter->agent = fake_agent_new (counter->socket);
  press_key (counter, GDK_KEY_F9);
  wait_for_view (counter, "home");
  g_clear_pointer (&counter->agent, fake_agent_free);
  wait_for_view (counter, "offline");
  counter->agent = fake_agent_new (counter->socket);
  wait_for_view (counter, "home"); /* no key: the window tries again */
}

static void
a_person_goes_with_the_agent (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "person");
  wait_for_view (counter, "person");
  g_assert_nonnull (find (counter, "埼玉県熊谷市"));
  g_clear_pointer (&counter->agent, fake_agent_free);
  wait_for_view (counter, "offline");
  g_assert_null (find (counter, "埼玉県熊谷市"));
  g_assert_null (find (counter, "見本"));
  g_assert_null (mado_client_state (counter->client));
}

static void
a_person_goes_with_the_card (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say_status (counter->agent, "status-rehearsal"); /* a card lies on the reader */
  fake_agent_say (counter->agent, "done");
  wait_for_view (counter, "done");
  g_assert_nonnull (find (counter, "A7K 3Q2"));
  fake_agent_say_status (counter->agent, "status");
  wait_for_log (counter, "Cancel\n");
  wait_for_view (counter, "home");
  g_assert_null (find (counter, "見本 高子"));
}

static void
a_second_press_within_a_moment_is_ignored (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "person");
  wait_for_view (counter, "person");
  press_key_at (counter, GDK_KEY_F9, 0, 10000);
  wait_for_view (counter, "contact");
  press_key_at (counter, GDK_KEY_F9, 0, 10600);
  /* had it been pressed, the empty form would complain */
  g_assert_null (find (counter, "なまえの読みかたを 入れてください"));
  press_key_at (counter, GDK_KEY_F9, 0, 11200); /* the key is still held down */
  g_assert_null (find (counter, "なまえの読みかたを 入れてください"));
  press_key_at (counter, GDK_KEY_F9, 0, 12000);
  g_assert_nonnull (find (counter, "なまえの読みかたを 入れてください"));
}

static void
type_contact (Counter *counter)
{
  fake_agent_say (counter->agent, "contact");
  wait_for_view (counter, "contact");
  gtk_entry_set_text (GTK_ENTRY (control (counter, "フリガナ（セイ）")), "みほ");
  gtk_entry_set_text (GTK_ENTRY (control (counter, "電話番号")), "048-0");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (control (counter, "妻沼")), TRUE);
}

static void
check_contact (Counter *counter)
{
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (control (counter, "フリガナ（セイ）"))), ==,
                   "みほ");
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (control (counter, "電話番号"))), ==, "048-0");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (control (counter, "妻沼"))));
}

static void
typed_text_outlives_a_lifted_card (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  type_contact (counter);
  fake_agent_say (counter->agent, "card-removed");
  wait_for_view (counter, "card");
  g_assert_null (find (counter, "フリガナ（セイ）"));
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  fake_agent_say (counter->agent, "contact");
  wait_for_view (counter, "contact");
  check_contact (counter);
}

static void
typed_text_ends_with_its_sitting (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  type_contact (counter);
  fake_agent_say (counter->agent, "idle");
  wait_for_view (counter, "home");
  fake_agent_say (counter->agent, "contact");
  wait_for_view (counter, "contact");
  g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (control (counter, "フリガナ（セイ）"))), ==, "");
}

static void
larger_text_takes_nothing_away (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  type_contact (counter);
  press_key_at (counter, GDK_KEY_plus, GDK_CONTROL_MASK, 1000);
  check_contact (counter);
  press_key_at (counter, GDK_KEY_minus, GDK_CONTROL_MASK, 2000);
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  press_key (counter, GDK_KEY_a);
  press_key (counter, GDK_KEY_7);
  GtkWidget *before = control (counter, "これで すすむ");
  press_key_at (counter, GDK_KEY_plus, GDK_CONTROL_MASK, 3000);
  g_assert_true (control (counter, "これで すすむ") != before); /* built anew, icons and all */
  g_assert_nonnull (find (counter, "2文字 入りました"));
  for (const char *at = "BC12"; *at != '\0'; at++)
    press_key (counter, gdk_unicode_to_keyval ((guint32)*at));
  press_key (counter, GDK_KEY_F9);
  wait_for_log (counter, "Pin 6 ");
  press_key_at (counter, GDK_KEY_minus, GDK_CONTROL_MASK, 4000);
}

static void
what_is_sent_is_said (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say_applications (counter->agent, "applications-waiting");
  fake_agent_say_status (counter->agent, "status-offline");
  fake_agent_say (counter->agent, "done-provisional");
  wait_for_view (counter, "done");
  g_assert_nonnull (find (counter, "自動で送ります"));
  GtkWidget *next = control (counter, "次のお客さまへ");
  fake_agent_say_applications (counter->agent, "applications-sent");
  fake_agent_say_status (counter->agent, "status");
  while (find (counter, "中央に 送りました") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (find (counter, "自動で送ります"));
  g_assert_true (control (counter, "次のお客さまへ") == next); /* the page itself stood still */
}

static void
the_focus_comes_back_after_a_question (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  type_contact (counter);
  gtk_widget_grab_focus (control (counter, "電話番号"));
  press_key (counter, GDK_KEY_Escape);
  g_assert_nonnull (find (counter, "手続きを 中止しますか"));
  press_key (counter, GDK_KEY_Escape);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (counter->window))
                 == control (counter, "電話番号"));
}

/* The fixture closes the window: a half-typed password, a question and a toast go with it. */
static void
closes_at_any_moment (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  press_key (counter, GDK_KEY_a);
  g_signal_emit_by_name (counter->client, "refused", MADO_FAILURE_BUSY);
  g_assert_nonnull (find (counter, "S81"));
  press_key (counter, GDK_KEY_Escape);
  g_assert_nonnull (find (counter, "手続きを 中止しますか"));
  fake_agent_say (counter->agent, "checking"); /* on its way while the window goes */
}

static void
a_half_typed_password_goes_with_the_agent (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  press_key (counter, GDK_KEY_a);
  press_key (counter, GDK_KEY_Escape);
  g_clear_pointer (&counter->agent, fake_agent_free);
  wait_for_view (counter, "offline");
  g_assert_null (find (counter, "手続きを 中止しますか"));
  counter->agent = fake_agent_new (counter->socket);
  press_key (counter, GDK_KEY_F9);
  wait_for_view (counter, "home");
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  g_assert_nonnull (find (counter, "まだ 入っていません"));
}

static void
a_refused_field_has_the_focus (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "contact-wrong");
  wait_for_view (counter, "contact");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (counter->window))
                 == control (counter, "電話番号"));
}

static void
the_list_stays_while_nothing_changes (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  while (find (counter, "例示 太郎 様") == NULL)
    g_main_context_iteration (NULL, TRUE);
  GtkWidget *row = find (counter, "例示 太郎 様");
  fake_agent_say_status (counter->agent, "status");
  fake_agent_say_applications (counter->agent, "applications-empty");
  fake_agent_say_status (counter->agent, "status"); /* the second list is asked for behind it */
  g_assert_true (find (counter, "例示 太郎 様") == row);
  while (find (counter, "申請は まだありません") == NULL) {
    GtkWidget *now = find (counter, "例示 太郎 様");
    g_assert_true (now == row || now == NULL);
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
stopping_asks_when_something_was_typed (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  press_key (counter, GDK_KEY_a);
  press_key (counter, GDK_KEY_Escape);
  g_assert_nonnull (find (counter, "手続きを 中止しますか"));
  press_key (counter, GDK_KEY_Escape);
  g_assert_null (find (counter, "手続きを 中止しますか"));
  g_assert_null (strstr (fake_agent_log (counter->agent), "Cancel"));
  press_key (counter, GDK_KEY_BackSpace);
  press_key (counter, GDK_KEY_Escape);
  wait_for_log (counter, "Cancel\n");
}

static void
a_light_takes_no_typed_text_away (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  press_key (counter, GDK_KEY_a);
  press_key (counter, GDK_KEY_7);
  g_assert_nonnull (find (counter, "2文字 入りました"));
  fake_agent_say_status (counter->agent, "status-offline");
  while (find (counter, "3件 送信待ち") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (find (counter, "2文字 入りました"));
}

static void
on_renamed (AtkObject *light, GParamSpec *what G_GNUC_UNUSED, GString *said)
{
  g_string_append_printf (said, "%s\n", atk_object_get_name (light));
}

static void
a_light_says_only_what_changed (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GString) said = g_string_new (NULL);
  while (find (counter, "読取機、") == NULL)
    g_main_context_iteration (NULL, TRUE);
  AtkObject *reader = gtk_widget_get_accessible (find (counter, "読取機、"));
  AtkObject *sync = gtk_widget_get_accessible (find (counter, "同期、"));

  g_signal_connect (reader, "notify::accessible-name", G_CALLBACK (on_renamed), said);
  g_signal_connect (sync, "notify::accessible-name", G_CALLBACK (on_renamed), said);
  fake_agent_say_status (counter->agent, "status-offline");
  while (find (counter, "3件 送信待ち") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (said->str, ==, "同期、3件 送信待ち\n");
}

static void
an_answer_says_only_what_changed (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GString) said = g_string_new (NULL);
  fake_agent_say (counter->agent, "person-asking");
  wait_for_view (counter, "person");
  const char *const names[] = { "カード　", "有効性　", "対象　" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_signal_connect (gtk_widget_get_accessible (find (counter, names[i])),
                      "notify::accessible-name", G_CALLBACK (on_renamed), said);
  fake_agent_say (counter->agent, "person");
  while (find (counter, "失効していません、") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (said->str, ==,
                   "有効性　失効していませんか、失効していません、10:42　認証サービスの回答\n");
}

static void
a_last_try_needs_the_staff (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "last-try");
  wait_for_view (counter, "last-try");
  GtkWidget *allow = find (counter, "もう1回を許可する");
  g_assert_false (gtk_widget_is_sensitive (allow));
  press_key (counter, GDK_KEY_F7);
  g_assert_true (gtk_widget_is_sensitive (allow));
  gtk_button_clicked (GTK_BUTTON (allow));
  g_assert_cmpstr (mado_shell_view_name (counter->shell), ==, "pin");
  for (const char *at = "ABC123"; *at != '\0'; at++)
    press_key (counter, gdk_unicode_to_keyval ((guint32)*at));
  press_key (counter, GDK_KEY_F9);
  wait_for_log (counter, "Pin 6 e0bebd22 spend\n");
}

static void
a_short_password_stays_here (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_say (counter->agent, "pin");
  wait_for_view (counter, "pin");
  for (const char *at = "ABC12"; *at != '\0'; at++)
    press_key (counter, gdk_unicode_to_keyval ((guint32)*at));
  press_key (counter, GDK_KEY_F9);
  g_assert_false (gtk_widget_is_sensitive (control (counter, "これで すすむ")));
  g_assert_nonnull (find (counter, "5文字 入りました"));
}

static void
a_refused_call_is_said (Counter *counter, gconstpointer data G_GNUC_UNUSED)
{
  fake_agent_refuse_next (counter->agent, MADO_FAILURE_BUSY);
  press_key (counter, GDK_KEY_F2);
  while (find (counter, "S81") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mado_shell_view_name (counter->shell), ==, "home");
}

typedef void (*Step) (Counter *counter, gconstpointer data);

static const struct {
  const char *name;
  Step        open, run;
} tests[] = {
  { "/ui/shell/comes-back-by-itself", open_without_agent, comes_back_by_itself },
  { "/ui/shell/a-person-goes-with-the-agent", open_with_agent, a_person_goes_with_the_agent },
  { "/ui/shell/a-person-goes-with-the-card", open_with_agent, a_person_goes_with_the_card },
  { "/ui/shell/a-second-press-within-a-moment-is-ignored", open_with_agent,
    a_second_press_within_a_moment_is_ignored },
  { "/ui/shell/stopping-asks-when-something-was-typed", open_with_agent,
    stopping_asks_when_something_was_typed },
  { "/ui/shell/a-light-takes-no-typed-text-away", open_with_agent,
    a_light_takes_no_typed_text_away },
  { "/ui/shell/a-light-says-only-what-changed", open_with_agent, a_light_says_only_what_changed },
  { "/ui/shell/an-answer-says-only-what-changed", open_with_agent,
    an_answer_says_only_what_changed },
  { "/ui/shell/a-refused-field-has-the-focus", open_with_agent, a_refused_field_has_the_focus },
  { "/ui/shell/a-last-try-needs-the-staff", open_with_agent, a_last_try_needs_the_staff },
  { "/ui/shell/a-short-password-stays-here", open_with_agent, a_short_password_stays_here },
  { "/ui/shell/a-refused-call-is-said", open_with_agent, a_refused_call_is_said },
  { "/ui/shell/typed-text-outlives-a-lifted-card", open_with_agent,
    typed_text_outlives_a_lifted_card },
  { "/ui/shell/typed-text-ends-with-its-sitting", open_with_agent,
    typed_text_ends_with_its_sitting },
  { "/ui/shell/larger-text-takes-nothing-away", open_with_agent, larger_text_takes_nothing_away },
  { "/ui/shell/what-is-sent-is-said", open_with_agent, what_is_sent_is_said },
  { "/ui/shell/the-focus-comes-back-after-a-question", open_with_agent,
    the_focus_comes_back_after_a_question },
  { "/ui/shell/the-list-stays-while-nothing-changes", open_with_agent,
    the_list_stays_while_nothing_changes },
  { "/ui/shell/closes-at-any-moment", open_with_agent, closes_at_any_moment },
  { "/ui/shell/a-half-typed-password-goes-with-the-agent", open_with_agent,
    a_half_typed_password_goes_with_the_agent },
};

int
main (int argc, char **argv)
{
  if (g_getenv ("MADO_WITH_DISPLAY") == NULL) {
    char *command[] = { (char *)"tests/ui/with-display", argv[0], NULL };
    g_setenv ("G_DEBUG", "fatal-warnings", TRUE);
    execv (command[0], command);
    return 99;
  }
  gtk_test_init (&argc, &argv, NULL);
  mado_style_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Counter, NULL, tests[i].open, tests[i].run, close_counter);
  return g_test_run ();
}
