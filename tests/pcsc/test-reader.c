/* Readers, cards and the monitor over a real pcscd with virtual readers. */
#include "pcsc/error.h"
#include "pcsc/jpki.h"
#include "pcsc/monitor.h"
#include "pcsc/pcsclite.h"
#include "pcsc/reader.h"
#include "tests/card/rehearsal.h"
#include "tests/lib/child.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST "Virtual PCD 00 00"
#define SECOND "Virtual PCD 00 01"
#define PATIENCE_S 30

/* libpcsclite asks once in a process where the service is, so all tests share one folder and each
 * starts a service of its own in it. */
static char *folder;

static char *
program (void)
{
  const char *build = g_getenv ("MADO_BUILD");

  return g_build_filename (build != NULL ? build : "build", "bin", "madoguchi-cardsim", NULL);
}

/* A service with these cards (profile names), the second may be NULL; none: empty readers. */
static MadoChild *
service_start (const char *first, const char *second)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  const char *profiles[] = { first, second };
  MadoChild  *service;

  g_ptr_array_add (argv, g_strdup ("tests/card/pcscd-run"));
  g_ptr_array_add (argv, g_strdup ("--dir"));
  g_ptr_array_add (argv, g_strdup (folder));
  if (first == NULL)
    g_ptr_array_add (argv, g_strdup ("--empty"));
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (profiles[i] != NULL) {
      g_ptr_array_add (argv, g_strdup ("--profile"));
      g_ptr_array_add (argv, mado_rehearsal_profile (profiles[i]));
    }
  if (first != NULL) {
    g_ptr_array_add (argv, g_strdup ("--pki"));
    g_ptr_array_add (argv, g_strdup (mado_rehearsal_pki ()));
    g_ptr_array_add (argv, g_strdup ("--cardsim"));
    g_ptr_array_add (argv, program ());
  }
  g_ptr_array_add (argv, NULL);
  service = mado_child_start ((const char *const *)argv->pdata);
  g_free (mado_child_await (service, "pcscd.comm"));
  return service;
}

/* Stops it; no card was touched where it must not be. */
static void
service_stop (MadoChild *service)
{
  int status = mado_child_stop (service, SIGTERM);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* An order to the first card. */
static void
order (const char *text)
{
  g_autofree char *path = g_build_filename (folder, "control-0", NULL);
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  int              fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, line, strlen (line)), ==, (gssize)strlen (line));
  close (fd);
}

static const MadoReader *
find (GPtrArray *readers, const char *name)
{
  for (guint i = 0; readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (g_str_equal (reader->name, name))
      return reader;
  }
  return NULL;
}

/* Waits until the first reader shows a card, or none. */
static void
await_presence (gboolean present)
{
  for (int i = 0; i < PATIENCE_S * 50; i++) {
    g_autoptr (GPtrArray) readers = mado_reader_list (NULL);
    const MadoReader *reader = find (readers, FIRST);

    if (reader != NULL && reader->present == present)
      return;
    g_usleep (20000);
  }
  g_error ("the reader never showed that");
}

static void
assert_no_card (const char *name, int code, MadoCardKind expected)
{
  g_autoptr (GError) error = NULL;
  MadoCardKind kind = 99;

  g_assert_null (mado_reader_open_card (name, NULL, &kind, &error));
  g_assert_error (error, MADO_PCSC_ERROR, code);
  g_assert_cmpint (kind, ==, expected);
}

static void
assert_card (const char *name)
{
  g_autoptr (GError) error = NULL;
  MadoCardKind kind = 99;
  g_autoptr (MadoCard) card = mado_reader_open_card (name, NULL, &kind, &error);

  g_assert_no_error (error);
  g_assert_nonnull (card);
  g_assert_cmpint (kind, ==, MADO_CARD_MY_NUMBER);
}

/* --- readers and cards --- */

static void
test_no_service (void)
{
  g_autoptr (GError) list = NULL;
  g_autoptr (GError) connect = NULL;

  g_assert_null (mado_reader_list (&list));
  g_assert_error (list, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_SERVICE);
  g_assert_null (mado_reader_connect (FIRST, &connect));
  g_assert_error (connect, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_SERVICE);
  assert_no_card (NULL, MADO_PCSC_ERROR_NO_SERVICE, MADO_CARD_UNKNOWN);
}

static void
test_list (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = mado_reader_list (&error);
  const MadoReader *first = find (readers, FIRST);
  const MadoReader *second = find (readers, SECOND);

  g_assert_no_error (error);
  g_assert_cmpuint (readers->len, ==, 2);
  g_assert_true (first->present);
  g_assert_cmpstr (first->atr, ==, "3B888001000041E0B381A1003B");
  g_assert_false (second->present);
  g_assert_null (second->atr);
  service_stop (service);
}

static void
test_empty_readers (void)
{
  MadoChild *service = service_start (NULL, NULL);
  g_autoptr (GError) error = NULL;

  assert_no_card (NULL, MADO_PCSC_ERROR_NO_CARD, MADO_CARD_UNKNOWN);
  assert_no_card (FIRST, MADO_PCSC_ERROR_NO_CARD, MADO_CARD_UNKNOWN);
  assert_no_card ("Another Reader 00 00", MADO_PCSC_ERROR_NO_READER, MADO_CARD_UNKNOWN);
  g_assert_null (mado_reader_connect (FIRST, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_CARD);
  service_stop (service);
}

static void
test_the_only_usable_card (void)
{
  MadoChild *service = service_start ("not-ours", "adult");

  assert_card (NULL);
  assert_card (SECOND);
  assert_no_card (FIRST, MADO_PCSC_ERROR_WRONG_CARD, MADO_CARD_UNKNOWN);
  service_stop (service);
}

static void
test_several_cards (void)
{
  MadoChild *service = service_start ("adult", "child");
  g_autoptr (GError) error = NULL;
  MadoCardKind kind;

  g_assert_null (mado_reader_open_card (NULL, NULL, &kind, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_SEVERAL_CARDS);
  g_assert_nonnull (strstr (error->message, FIRST));
  g_assert_nonnull (strstr (error->message, SECOND));
  assert_card (FIRST);
  service_stop (service);
}

static void
test_wrong_cards (void)
{
  MadoChild *service = service_start ("juki", "android");

  assert_no_card (FIRST, MADO_PCSC_ERROR_WRONG_CARD, MADO_CARD_JUKI);
  assert_no_card (SECOND, MADO_PCSC_ERROR_WRONG_CARD, MADO_CARD_ANDROID);
  assert_no_card (NULL, MADO_PCSC_ERROR_WRONG_CARD, MADO_CARD_JUKI);
  service_stop (service);
}

/* Of several cards we cannot use, the one we can say something of. */
static void
test_phone_beside_another_card (void)
{
  MadoChild *service = service_start ("not-ours", "iphone");

  assert_no_card (NULL, MADO_PCSC_ERROR_WRONG_CARD, MADO_CARD_IPHONE);
  service_stop (service);
}

static void
test_held_by_another (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (GError) error = NULL;
  MadoTransport *other = mado_reader_connect (FIRST, &error);

  g_assert_no_error (error);
  assert_no_card (FIRST, MADO_PCSC_ERROR_BUSY, MADO_CARD_UNKNOWN);
  mado_transport_close (other);
  assert_card (FIRST);
  service_stop (service);
}

/* --- a sitting --- */

static gboolean
verify (MadoCard *card, GError **error)
{
  g_autoptr (MadoSecret) pin = mado_secret_new (NULL);

  for (const char *octet = "ABC123"; *octet != '\0'; octet++)
    mado_secret_push (pin, (guint8)*octet);
  return mado_jpki_verify_pin (card, MADO_JPKI_SIGN, pin, FALSE, NULL, error);
}

/* The certificate for signatures, from a card opened afresh. */
static GBytes *
read_sign_cert (MadoTrace *trace, GError **error)
{
  g_autoptr (MadoCard) card = mado_reader_open_card (NULL, trace, NULL, error);

  if (card == NULL || !verify (card, error))
    return NULL;
  return mado_jpki_read_cert (card, MADO_JPKI_SIGN, error);
}

static void
test_sitting (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (MadoTrace) trace = mado_trace_open (NULL, NULL);
  g_autoptr (GBytes) expected = mado_rehearsal_file ("adult", "sign.der");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) cert = read_sign_cert (trace, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (cert, expected));
  g_assert_cmpuint (mado_trace_count (trace), ==, 7 + (g_bytes_get_size (cert) + 255) / 256);
  service_stop (service);
}

/* The next one at the same reader must not find what the last one's PIN opened. */
static void
test_power_off_ends_the_login (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) cert = read_sign_cert (NULL, &error);
  g_autoptr (MadoCard) card = NULL;

  g_assert_no_error (error);
  card = mado_reader_open_card (NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (mado_jpki_read_cert (card, MADO_JPKI_SIGN, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  g_clear_pointer (&card, mado_card_free);
  service_stop (service);
}

/* Taken away at each command, put back, and all goes well again. */
static void
test_removed_at_every_command (void)
{
  MadoChild *service = service_start ("adult", NULL);
  int        n_apdu = 1;

  for (gboolean done = FALSE; !done; n_apdu++) {
    g_autofree char *cut = g_strdup_printf ("cut %d", n_apdu);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) cert = NULL;

    order (cut);
    cert = read_sign_cert (NULL, &error);
    done = cert != NULL;
    if (done)
      continue;
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
    await_presence (FALSE);
    order ("insert");
    await_presence (TRUE);
  }
  g_assert_cmpint (n_apdu, >, 10);
  service_stop (service);
}

static const guint8 SELECT_JPKI[]
    = { 0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };

static void
assert_transmit (MadoTransport *transport, int code)
{
  g_autoptr (GError) error = NULL;
  guint8   answer[MADO_TRANSPORT_ROOM];
  gsize    len = sizeof answer;
  gboolean done
      = mado_transport_transmit (transport, SELECT_JPKI, sizeof SELECT_JPKI, answer, &len, &error);

  if (code < 0) {
    g_assert_no_error (error);
    g_assert_cmpmem (answer, len, "\x90\x00", 2);
  } else {
    g_assert_false (done);
    g_assert_error (error, MADO_PCSC_ERROR, code);
  }
}

static void
test_service_dies_in_the_middle (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (MadoTransport) transport = mado_reader_connect (FIRST, NULL);

  assert_transmit (transport, -1);
  service_stop (service);
  assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
  assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
}

/* A card that was away is another card, even when one lies there again. */
static void
test_lost_stays_lost (void)
{
  MadoChild *service = service_start ("adult", NULL);
  g_autoptr (MadoTransport) transport = mado_reader_connect (FIRST, NULL);

  assert_transmit (transport, -1);
  order ("cut 1");
  assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
  await_presence (FALSE);
  order ("insert");
  await_presence (TRUE);
  assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
  g_clear_pointer (&transport, mado_transport_close);
  assert_card (FIRST);
  service_stop (service);
}

/* The thread that waits is left behind; neither the next command nor closing waits for it. */
static void
test_silent_card (void)
{
  MadoChild     *service = service_start ("adult", NULL);
  MadoTransport *transport = mado_pcsclite_open (FIRST, 3000, NULL);

  assert_transmit (transport, -1);
  order ("silent 1");
  assert_transmit (transport, MADO_PCSC_ERROR_TIMEOUT);
  assert_transmit (transport, MADO_PCSC_ERROR_TIMEOUT);
  mado_transport_close (transport);
  service_stop (service);
}

/* --- monitor --- */

typedef struct {
  gboolean heard, down, present;
  guint    readers;
} Seen;

static void
on_changed (GPtrArray *readers, const GError *error, gpointer data)
{
  Seen             *seen = data;
  const MadoReader *first = find (readers, FIRST);

  seen->heard = TRUE;
  seen->down = readers == NULL;
  seen->readers = readers != NULL ? readers->len : 0;
  seen->present = first != NULL && first->present;
  if (readers == NULL)
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_SERVICE);
  else
    g_assert_no_error (error);
}

static gboolean
give_up (gpointer data)
{
  (void)data;
  g_error ("the monitor never told that");
  return G_SOURCE_REMOVE;
}

static void
await_seen (const Seen *seen, gboolean down, gboolean present)
{
  guint patience = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);

  while (!seen->heard || seen->down != down || seen->present != present
         || seen->readers != (down ? 0 : 2))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static void
test_monitor (void)
{
  Seen               seen = { 0 };
  MadoReaderMonitor *monitor = mado_reader_monitor_new (on_changed, &seen);
  MadoChild         *service;

  await_seen (&seen, TRUE, FALSE);
  service = service_start ("adult", NULL);
  await_seen (&seen, FALSE, TRUE);
  order ("remove");
  await_seen (&seen, FALSE, FALSE);
  order ("insert");
  await_seen (&seen, FALSE, TRUE);
  service_stop (service);
  await_seen (&seen, TRUE, FALSE);
  service = service_start (NULL, NULL);
  await_seen (&seen, FALSE, FALSE);
  mado_reader_monitor_free (monitor);
  service_stop (service);
}

static void
test_monitor_while_a_card_is_used (void)
{
  MadoChild *service = service_start ("adult", NULL);
  Seen       seen = { 0 };
  g_autoptr (MadoReaderMonitor) monitor = mado_reader_monitor_new (on_changed, &seen);
  g_autoptr (GBytes) cert = NULL;

  await_seen (&seen, FALSE, TRUE);
  cert = read_sign_cert (NULL, NULL);
  g_assert_nonnull (cert);
  order ("remove");
  await_seen (&seen, FALSE, FALSE);
  service_stop (service);
}

static void
test_monitor_is_quiet_after_its_end (void)
{
  MadoChild *service = service_start ("adult", NULL);
  Seen       seen = { 0 };

  for (int i = 0; i < 20; i++) {
    MadoReaderMonitor *monitor = mado_reader_monitor_new (on_changed, &seen);
    g_usleep ((gulong)i * 500);
    mado_reader_monitor_free (monitor);
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (seen.heard);
  service_stop (service);
}

/* --- */

static gboolean
can_unshare (void)
{
  static const char *const as_root[]
      = { "unshare", "--mount", "--net", "--pid", "--fork", "true", NULL };
  static const char *const as_user[]
      = { "unshare", "--user", "--map-root-user", "--mount", "--net", "--pid", "--fork",
          "true",    NULL };

  return mado_child_run (geteuid () == 0 ? as_root : as_user, NULL) == 0;
}

static void
skip (void)
{
  g_test_skip ("this machine lets nobody make namespaces");
}

static void
add (const char *name, GTestFunc test)
{
  static int able = -1;

  if (able < 0)
    able = can_unshare ();
  g_test_add_func (name, able ? test : skip);
}

int
main (int argc, char **argv)
{
  g_autofree char *socket = NULL;
  int              result;

  g_test_init (&argc, &argv, NULL);
  folder = mado_test_folder ();
  socket = g_build_filename (folder, "run", "pcscd.comm", NULL);
  g_setenv ("PCSCLITE_CSOCK_NAME", socket, TRUE);
  g_test_add_func ("/pcsc/reader/no-service", test_no_service);
  add ("/pcsc/reader/list", test_list);
  add ("/pcsc/reader/empty-readers", test_empty_readers);
  add ("/pcsc/reader/the-only-usable-card", test_the_only_usable_card);
  add ("/pcsc/reader/several-cards", test_several_cards);
  add ("/pcsc/reader/wrong-cards", test_wrong_cards);
  add ("/pcsc/reader/phone-beside-another-card", test_phone_beside_another_card);
  add ("/pcsc/reader/held-by-another", test_held_by_another);
  add ("/pcsc/reader/sitting", test_sitting);
  add ("/pcsc/reader/power-off-ends-the-login", test_power_off_ends_the_login);
  add ("/pcsc/reader/removed-at-every-command", test_removed_at_every_command);
  add ("/pcsc/reader/service-dies-in-the-middle", test_service_dies_in_the_middle);
  add ("/pcsc/reader/lost-stays-lost", test_lost_stays_lost);
  add ("/pcsc/reader/silent-card", test_silent_card);
  add ("/pcsc/monitor/comes-and-goes", test_monitor);
  add ("/pcsc/monitor/while-a-card-is-used", test_monitor_while_a_card_is_used);
  add ("/pcsc/monitor/is-quiet-after-its-end", test_monitor_is_quiet_after_its_end);
  result = g_test_run ();
  mado_test_folder_remove (folder);
  return result;
}
