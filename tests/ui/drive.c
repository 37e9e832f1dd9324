/* drive - registers a rehearsal person at the real counter window, as a hand or by keys alone.
 *
 * drive --screens DIR --pin-fd N --kana TEXT --phone TEXT --email TEXT [--postcode TEXT]
 *   [--program PROGRAM --socket PATH] [--card-control FIFO] [--keys]
 *
 * One line a step on standard output, the receipt number last; a picture a screen in DIR. Exits
 * with 0 when the done page shows, 1 when another page came, 2 for wrong usage. The window runs on
 * this display already, or --program PROGRAM --socket PATH starts it and ends it again.
 */
#include "app/base/secret.h"
#include "tests/ui/hand.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define PAINT_US (450 * 1000) /* a page is painted and at rest by then; only pictures need it */

static char    *program, *agent_socket, *card_control;
static char    *screens, *kana, *phone, *email, *postcode;
static int      pin_fd = -1;
static gboolean by_keys;

/* FILENAME: taken as octets, whatever the locale says of them. */
static const GOptionEntry entries[] = {
  { "screens", 0, 0, G_OPTION_ARG_FILENAME, &screens, "Where the pictures go", "DIR" },
  { "pin-fd", 0, 0, G_OPTION_ARG_INT, &pin_fd, "Where the signing password is read", "N" },
  { "kana", 0, 0, G_OPTION_ARG_FILENAME, &kana, "Reading of the name, two parts", "TEXT" },
  { "phone", 0, 0, G_OPTION_ARG_FILENAME, &phone, "Telephone", "TEXT" },
  { "email", 0, 0, G_OPTION_ARG_FILENAME, &email, "Mail address", "TEXT" },
  { "postcode", 0, 0, G_OPTION_ARG_FILENAME, &postcode, "Postcode", "TEXT" },
  { "program", 0, 0, G_OPTION_ARG_FILENAME, &program, "The window to start", "PROGRAM" },
  { "socket", 0, 0, G_OPTION_ARG_FILENAME, &agent_socket, "The agent's socket for it", "PATH" },
  { "card-control", 0, 0, G_OPTION_ARG_FILENAME, &card_control,
    "The virtual card's FIFO: it is put down when the window asks for it", "FILE" },
  { "keys", 0, 0, G_OPTION_ARG_NONE, &by_keys, "Press keys of the keyboard only", NULL },
  { NULL },
};

static void
say (const char *step)
{
  printf ("%s\n", step);
  fflush (stdout);
}

static void
picture (const char *name)
{
  if (screens == NULL)
    return;
  g_usleep (PAINT_US);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", screens, name);
  const char      *command[] = { "import", "-window", "root", path, NULL };
  g_autoptr (GError) error = NULL;
  if (!g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                     NULL, &error))
    fprintf (stderr, "drive: no picture: %s\n", error->message);
}

static gboolean
key (const char *name)
{
  const char *command[] = { "xdotool", "key", "--clearmodifiers", name, NULL };

  g_usleep (750 * 1000); /* the window ignores a second F9 within 700 ms */
  return g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                       NULL, NULL);
}

/* Through standard input: what is typed must not stand in any list of processes. */
static gboolean
type_octets (const void *octets, gsize len)
{
  FILE *typing = popen ("xdotool type --delay 25 --file -", "w");

  if (typing == NULL)
    return FALSE;
  fwrite (octets, 1, len, typing);
  return pclose (typing) == 0;
}

/* Presses @name, or @keys ("F7 F9") when only keys may be used. */
static gboolean
go_on (AtspiAccessible *window, const char *name, const char *keys)
{
  if (!by_keys)
    return hand_press (window, name);
  g_auto (GStrv) names = g_strsplit (keys, " ", -1);
  gboolean pressed = TRUE;
  for (char **at = names; *at != NULL; at++)
    pressed = key (*at) && pressed;
  return pressed;
}

/* With the virtual card in our hand the page that asks for it can be seen. */
static gboolean
handle_card (const char *line)
{
  FILE *control = card_control != NULL ? fopen (card_control, "w") : NULL;

  if (control == NULL)
    return card_control == NULL;
  fprintf (control, "%s\n", line);
  return fclose (control) == 0;
}

static gboolean
at_home (AtspiAccessible *window)
{
  g_autoptr (AtspiAccessible) begin = hand_wait (window, "新規登録");

  if (begin == NULL)
    return FALSE;
  picture ("01-home");
  if (!handle_card ("remove"))
    return FALSE;
  say ("home: 新規登録");
  return go_on (window, "新規登録", "F2");
}

static gboolean
at_consent (AtspiAccessible *window)
{
  g_autoptr (AtspiAccessible) agree = hand_wait (window, "同意して すすむ");

  if (agree == NULL)
    return FALSE;
  picture ("02-consent");
  say ("consent: 同意");
  return go_on (window, "同意して すすむ", "F7 F9");
}

/* With a card on the reader this page is gone before anybody could look at it. */
static gboolean
at_card (AtspiAccessible *window)
{
  static const char *const pages[]
      = { "キーボードの ならび", "お客さまのカードを待っています", NULL };

  if (hand_wait_any (window, pages) == 1) {
    g_usleep (PAINT_US + 300 * 1000); /* the card has come up again in the picture by then */
    picture ("03-card");
    say ("card: put down");
    if (!handle_card ("insert"))
      return FALSE;
  }
  g_autoptr (AtspiAccessible) order = hand_wait (window, "キーボードの ならび");
  return order != NULL;
}

static gboolean
press_octets (AtspiAccessible *window, const MadoSecret *pin)
{
  for (gsize i = 0; i < mado_secret_len (pin); i++) {
    char name[] = { (char)mado_secret_data (pin)[i], '\0' };
    if (!hand_press (window, name))
      return FALSE;
  }
  return TRUE;
}

static gboolean
at_pin (AtspiAccessible *window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSecret) pin = mado_secret_new (&error);

  if (pin == NULL || !mado_secret_read_fd (pin, pin_fd, &error)) {
    fprintf (stderr, "drive: %s\n", error->message);
    return FALSE;
  }
  if (mado_secret_len (pin) == 0) {
    fprintf (stderr, "drive: no password came from --pin-fd\n");
    return FALSE;
  }
  gboolean typed = by_keys ? type_octets (mado_secret_data (pin), mado_secret_len (pin))
                           : press_octets (window, pin);
  picture ("04-pin");
  say ("pin: typed");
  return typed && go_on (window, "これで すすむ", "F9");
}

static gboolean
at_person (AtspiAccessible *window)
{
  static const char *const mains[] = { "連絡先へ", "仮登録で すすむ", NULL };
  int                      which = hand_wait_any (window, mains);

  if (which < 0)
    return FALSE;
  for (int turn = 0; turn < 100 && hand_sees (window, "問い合わせています"); turn++)
    g_usleep (100 * 1000);
  which = hand_wait_any (window, mains);
  picture ("05-person");
  say (which == 1 ? "person: read, provisional" : "person: read");
  return which >= 0 && go_on (window, mains[which], "F9");
}

/* Kana need an input method on any keyboard; a synthetic key for each is lost now and then. */
static gboolean
type_by_keys (AtspiAccessible *window, char **names)
{
  const char *texts[] = { postcode != NULL ? postcode : "", phone, email };

  if (!hand_type (window, "フリガナ（セイ）", names[0])
      || !hand_type (window, "フリガナ（メイ）", names[1]) || !key ("Tab") || !key ("Tab"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!type_octets (texts[i], strlen (texts[i])) || !key ("Tab"))
      return FALSE;
  return TRUE;
}

static gboolean
type_by_hand (AtspiAccessible *window, char **names)
{
  return hand_type (window, "フリガナ（セイ）", names[0])
         && hand_type (window, "フリガナ（メイ）", names[1])
         && hand_type (window, "郵便番号", postcode != NULL ? postcode : "")
         && hand_type (window, "電話番号", phone) && hand_type (window, "メールアドレス", email);
}

static gboolean
at_contact (AtspiAccessible *window)
{
  g_auto (GStrv) names = g_strsplit (kana, strstr (kana, "　") != NULL ? "　" : " ", 2);
  g_autoptr (AtspiAccessible) entry = hand_wait (window, "フリガナ（セイ）");

  if (entry == NULL || names[1] == NULL)
    return FALSE;
  if (by_keys)
    g_usleep (PAINT_US);
  gboolean typed = by_keys ? type_by_keys (window, names) : type_by_hand (window, names);
  picture ("06-contact");
  say ("contact: typed");
  return typed && go_on (window, "内容の確認へ", "F9");
}

static gboolean
at_confirm (AtspiAccessible *window)
{
  g_autoptr (AtspiAccessible) apply = hand_wait (window, "この内容で 申請する");

  if (apply == NULL)
    return FALSE;
  picture ("07-confirm");
  say ("confirm: 申請する");
  return go_on (window, "この内容で 申請する", "F7 F9");
}

static gboolean
at_done (AtspiAccessible *window)
{
  g_autoptr (AtspiAccessible) next = hand_wait (window, "次のお客さまへ");
  g_autofree char *number = next != NULL ? hand_read (window, "^[A-Z2-9]{3} [A-Z2-9]{3}$") : NULL;

  if (number == NULL)
    return FALSE;
  picture ("08-done");
  say ("done: received");
  printf ("%.3s%s\n", number, number + 4);
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*step) (AtspiAccessible *window);
} steps[] = {
  { "home", at_home },       { "consent", at_consent }, { "card", at_card },
  { "pin", at_pin },         { "person", at_person },   { "contact", at_contact },
  { "confirm", at_confirm }, { "done", at_done },
};

static gboolean
read_options (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  gboolean all = g_option_context_parse (options, argc, argv, &error) && pin_fd >= 0 && kana != NULL
                 && phone != NULL && email != NULL && (program == NULL) == (agent_socket == NULL);
  if (!all)
    fprintf (stderr, "drive: %s\n", error != NULL ? error->message : "an option is missing");
  return all;
}

/* The password must not reach the window by an inherited end: its standard input is /dev/null. */
static GPid
start_window (void)
{
  char *command[] = { program, (char *)"--socket", agent_socket, NULL };
  GPid  pid = 0;
  g_autoptr (GError) error = NULL;

  if (program != NULL
      && !g_spawn_async (NULL, command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    fprintf (stderr, "drive: %s\n", error->message);
  return pid;
}

static int
go_through (AtspiAccessible *window)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i].step (window)) {
      g_autofree char *code = hand_read (window, "MADO-[A-Z][0-9]{2}");
      fprintf (stderr, "drive: stopped at %s%s%s\n", steps[i].name, code != NULL ? ", " : "",
               code != NULL ? code : "");
      picture ("99-stopped");
      return 1;
    }
  return 0;
}

int
main (int argc, char **argv)
{
  if (!read_options (&argc, &argv))
    return 2;
  if (screens != NULL)
    g_mkdir_with_parents (screens, 0755);
  GPid pid = start_window ();
  atspi_init ();
  g_autoptr (AtspiAccessible) window = hand_application ();
  int status = 1;
  if (window != NULL)
    status = go_through (window);
  else
    fprintf (stderr, "drive: no window called madoguchi on this display\n");
  if (pid != 0) {
    kill (pid, SIGTERM);
    waitpid (pid, NULL, 0);
  }
  return status;
}
