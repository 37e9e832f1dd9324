/* tests/store/people.h - an invented person, a store in a folder of its own. For the tests of the
 * stores only. */
#pragma once
#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/random.h"
#include "app/store/error.h"
#include "app/store/store.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOON G_GINT64_CONSTANT (1795143600000) /* 2026-11-20 12:00 in Japan */

G_GNUC_UNUSED static const char planted_name[] = "見本　花子";
G_GNUC_UNUSED static const char planted_kana[] = "ミホンハナコ";
G_GNUC_UNUSED static const char planted_phone[] = "0485550123";

G_GNUC_UNUSED static GBytes *
test_kek (guint8 octet)
{
  guint8 key[32];

  memset (key, octet, sizeof key);
  return g_bytes_new (key, sizeof key);
}

G_GNUC_UNUSED static JsonObject *
body_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body = mado_json_parse_object (text, strlen (text), &error);

  g_assert_no_error (error);
  return body;
}

G_GNUC_UNUSED static JsonObject *
submitted_body (void)
{
  g_autofree char *text = g_strdup_printf (
      "{\"fields\":{\"name\":\"%s\",\"address\":\"埼玉県熊谷市見本町1番地\","
      "\"birth_date\":\"1990-01-02\",\"kana\":\"%s\",\"phone\":\"%s\"},\"method\":\"sign\","
      "\"checks\":{\"signature\":\"yes\",\"revocation\":\"good\"}}",
      planted_name, planted_kana, planted_phone);

  return body_of (text);
}

typedef struct {
  char      *dir;
  MadoClock *clock;
  GBytes    *kek;
  MadoStore *store;
  char       holder[8];
} Bench;

G_GNUC_UNUSED static MadoStore *
open_store (Bench *bench, gboolean box_only, GError **error)
{
  MadoStoreOptions options = { .dir = bench->dir,
                               .holder = bench->holder,
                               .kek = bench->kek,
                               .box_only = box_only,
                               .clock = bench->clock };

  return mado_store_open (&options, error);
}

G_GNUC_UNUSED static void
bench_set_up_as (Bench *bench, const char *holder)
{
  g_autoptr (GError) error = NULL;

  g_strlcpy (bench->holder, holder, sizeof bench->holder);
  bench->dir = g_dir_make_tmp ("mado-store-XXXXXX", &error);
  g_assert_no_error (error);
  bench->clock = mado_clock_new_fixed (NOON);
  bench->kek = test_kek (0x4B);
  bench->store = open_store (bench, FALSE, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
bench_set_up (Bench *bench)
{
  bench_set_up_as (bench, "K-0001");
}

G_GNUC_UNUSED static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (dir);
}

G_GNUC_UNUSED static void
bench_tear_down (Bench *bench)
{
  g_clear_pointer (&bench->store, mado_store_free);
  g_clear_pointer (&bench->clock, mado_clock_free);
  g_clear_pointer (&bench->kek, g_bytes_unref);
  remove_folder (bench->dir);
  g_clear_pointer (&bench->dir, g_free);
}

G_GNUC_UNUSED static void
bench_reopen (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&bench->store, mado_store_free);
  bench->store = open_store (bench, FALSE, &error);
  g_assert_no_error (error);
}

/* Everybody is another person: the centre's referee looks. The first is born on 1990-01-02. */
G_GNUC_UNUSED static char *
next_birth_date (void)
{
  static int n = 0;

  n++;
  return g_strdup_printf ("%d-%02d-%02d", 1990 + n / 324, 1 + n / 27 % 12, 1 + n % 27);
}

G_GNUC_UNUSED static void
set_birth_date (JsonObject *body, const char *birth_date)
{
  JsonObject *fields = json_object_get_object_member (body, "fields");

  json_object_set_string_member (fields, "birth_date", birth_date);
}

/* Evidence that no compression shortens, longer than a page of the file. */
G_GNUC_UNUSED static JsonObject *
long_body (void)
{
  JsonObject *body = submitted_body ();
  guint8      octets[6000];

  mado_random (octets, sizeof octets);
  g_autofree char *evidence = mado_base64url (octets, sizeof octets);
  json_object_set_string_member (body, "evidence", evidence);
  g_autofree char *birth_date = next_birth_date ();
  set_birth_date (body, birth_date);
  return body;
}

/* A registration as a counter writes it: one event, or with `accepted` two. */
G_GNUC_UNUSED static gboolean
try_register (MadoStore *store, const char *id, gboolean give, GError **error)
{
  g_autoptr (JsonObject) body = long_body ();
  g_autoptr (JsonObject) empty = json_object_new ();
  MadoAct acts[] = { { "submitted", "agent", body }, { "accepted", "staff:0001", empty } };

  return mado_store_act (store, id, 0, id, acts, 2, give, NULL, error);
}

G_GNUC_UNUSED static char *
register_person (Bench *bench, gboolean give)
{
  g_autoptr (GError) error = NULL;
  char *id = mado_uuid7 (mado_clock_now_ms (bench->clock));

  try_register (bench->store, id, give, &error);
  g_assert_no_error (error);
  mado_clock_move (bench->clock, 1000);
  return id;
}

G_GNUC_UNUSED static void
assert_verifies (MadoStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = mado_store_verify (store, &error);

  g_assert_no_error (error);
  g_autofree char *text = mado_json_canonical_object (report);
  g_test_message ("%s", text);
  g_assert_true (mado_json_flag (report, "ok"));
}
