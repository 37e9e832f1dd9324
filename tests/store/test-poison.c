/* Lines of a terminal that is not ours any more: rightly boxed and sealed, and wrong inside. */
#include "app/domain/event.h"
#include "app/store/centre-inner.h"
#include "app/store/cipher.h"
#include "tests/store/exchange.h"

#include <string.h>

#define NONCE_LEN 12

/* @text as the line's event @seq, under the key of the line. */
static GBytes *
seal_text (Town *town, MadoGivenLine *line, guint seq, const char *type, const char *text)
{
  guint8           key[MADO_KEY_LEN];
  g_autofree char *binding = g_strdup_printf ("%s\n%u\n%s", line->application, seq, type);
  gsize            len = 1 + strlen (text);
  g_autofree char *plain = g_strconcat (" ", text, NULL);
  guint8          *sealed = g_malloc0 (1 + NONCE_LEN + len + MADO_TAG_LEN);

  g_assert_true (mado_vault_unbox (town->centre->vault, line->box_key, line->application,
                                   line->box_epk, line->boxed, key, NULL));
  plain[0] = 0;
  sealed[0] = 1;
  mado_cipher_seal (key, sealed + 1, binding, (const guint8 *)plain, len, sealed + 1 + NONCE_LEN);
  return g_bytes_new_take (sealed, 1 + NONCE_LEN + len + MADO_TAG_LEN);
}

static void
set_head (MadoGivenLine *line)
{
  memset (line->head, 0, sizeof line->head);
  for (guint i = 0; i < line->events->len; i++) {
    const MadoGivenEvent *given = line->events->pdata[i];
    g_autoptr (MadoEvent) event = mado_event_new ();
    event->actor = g_strdup (given->actor);
    event->application = g_strdup (line->application);
    event->holder = g_strdup ("K-0001");
    event->type = g_strdup (given->type);
    event->seq = i + 1;
    event->time = given->time;
    memcpy (event->previous, line->head, sizeof event->previous);
    mado_sealed_digest (given->sealed, event->body_digest);
    mado_event_digest (event, line->head);
  }
}

static MadoLineAnswer *
receive (Town *town, MadoGivenLine *line, GPtrArray **ret_answers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  gint64 number = 0;

  g_ptr_array_add (lines, line);
  g_assert_true (
      mado_centre_receive (town->centre, "K-0001", 1, lines, ret_answers, &number, &error));
  g_assert_no_error (error);
  return (*ret_answers)->pdata[0];
}

typedef struct {
  const char *path, *body, *answer;
} Case;

static void
test_body (gconstpointer data)
{
  const Case *the = data;
  Town        town;
  g_autoptr (GPtrArray) answers = NULL;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GPtrArray) lines = mado_store_outbox (town.terminal.store, 1, 1 << 20, NULL);
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *given = line->events->pdata[0];
  g_ptr_array_set_size (line->events, 1);
  g_bytes_unref (given->sealed);
  given->sealed = seal_text (&town, line, 1, "submitted", the->body);
  set_head (line);
  MadoLineAnswer *answer = receive (&town, line, &answers);
  g_assert_cmpstr (answer->answer, ==, the->answer);
  g_assert_cmpstr (answer->reason, ==, g_str_equal (the->answer, "refused") ? "schema" : NULL);
  town_tear_down (&town);
}

/* What only the centre may write: nobody else's line becomes verified or purged by it. */
static void
test_in_the_centres_name (void)
{
  static const char *const types[] = { "purged", "reinstated", "flagged" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    Town town;
    g_autoptr (GPtrArray) answers = NULL;

    town_set_up (&town);
    g_autofree char *id = register_person (&town.terminal, TRUE);
    g_autoptr (GPtrArray) lines = mado_store_outbox (town.terminal.store, 1, 1 << 20, NULL);
    MadoGivenLine  *line = lines->pdata[0];
    MadoGivenEvent *given = line->events->pdata[1];
    g_free (given->actor);
    given->actor = g_strdup ("server");
    g_free (given->type);
    given->type = g_strdup (types[i]);
    g_bytes_unref (given->sealed);
    given->sealed = seal_text (&town, line, 2, types[i],
                               "{\"flag\":\"fork\",\"kind\":\"rejected\",\"rule\":\"x\"}");
    set_head (line);
    MadoLineAnswer *answer = receive (&town, line, &answers);
    g_assert_cmpstr (answer->answer, ==, "refused");
    g_assert_cmpstr (answer->reason, ==, "fold:actor");
    town_tear_down (&town);
  }
}

/* Its text is all there is, and a person must be able to look at it. */
static void
test_unreadable (void)
{
  Town town;
  g_autoptr (GPtrArray) answers = NULL;
  gint64 kept = 0;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GPtrArray) lines = mado_store_outbox (town.terminal.store, 1, 1 << 20, NULL);
  MadoGivenLine *line = lines->pdata[0];
  g_ptr_array_set_size (line->events, 0);
  line->unreadable = g_strdup ("{\"events\":7}");
  MadoLineAnswer *answer = receive (&town, line, &answers);
  g_assert_cmpstr (answer->reason, ==, "schema");
  g_assert_true (mado_database_number (town.centre->data, 0, &kept, NULL,
                                       "SELECT 1 FROM aside WHERE CAST(content AS TEXT) = ?", "t",
                                       line->unreadable));
  g_assert_cmpint (kept, ==, 1);
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  static const Case cases[] = {
    { "/store/poison/none", "{\"fields\":{\"kana\":\"ア\"},\"method\":\"sign\"}", "stored" },
    { "/store/poison/float", "{\"fields\":{\"kana\":1.5},\"method\":\"sign\"}", "refused" },
    { "/store/poison/great-integer", "{\"fields\":{\"kana\":9007199254740993},\"method\":\"sign\"}",
      "refused" },
    { "/store/poison/array", "[1]", "refused" },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_body);
  g_test_add_func ("/store/poison/in-the-centres-name", test_in_the_centres_name);
  g_test_add_func ("/store/poison/unreadable", test_unreadable);
  return g_test_run ();
}
