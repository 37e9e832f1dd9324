#include "app/agent/upkeep.h"
#include "tests/lib/child.h"

#include <glib/gstdio.h>

#define APPLICATION "01936b2e-0000-7000-8000-000000000001"

typedef struct {
  char      *folder;
  MadoOffice office;
} Scene;

static void
scene_open (Scene *scene)
{
  static const guint8 octets[32] = { 1 };
  g_autoptr (GBytes) kek = g_bytes_new_static (octets, sizeof octets);
  g_autoptr (GError) error = NULL;

  *scene = (Scene){ mado_test_folder () };
  scene->office.clock = mado_clock_new_real ();
  scene->office.disk = mado_worker_new ("disk");
  scene->office.store = mado_store_open (
      &(MadoStoreOptions){ scene->folder, "K-0001", kek, FALSE, scene->office.clock }, &error);
  g_assert_no_error (error);
}

static void
scene_close (Scene *scene)
{
  g_assert_true (mado_worker_stop (scene->office.disk, G_MAXINT64));
  mado_store_free (scene->office.store);
  mado_clock_free (scene->office.clock);
  mado_test_folder_remove (scene->folder);
}

/* Octets in SQLite's write-ahead log. */
static goffset
log_len (const Scene *scene)
{
  g_autoptr (GDir) dir = g_dir_open (scene->folder, 0, NULL);
  const char *name;
  goffset     len = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (scene->folder, name, NULL);
    GStatBuf         is;
    if (g_str_has_suffix (name, "-wal") && g_stat (path, &is) == 0)
      len += is.st_size;
  }
  return len;
}

static void
write_something (Scene *scene)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GError) error = NULL;
  MadoAct act = { "submitted", "staff:counter", body };

  json_object_set_string_member (body, "branch", "kumagaya");
  json_object_set_string_member (body, "channel", "counter");
  json_object_set_string_member (body, "method", "document");
  json_object_set_object_member (body, "fields", json_object_new ());
  g_assert_true (mado_store_act (scene->office.store, APPLICATION, 0, APPLICATION, &act, 1, TRUE,
                                 NULL, &error));
  g_assert_no_error (error);
}

static void
test_the_log_is_emptied_without_a_centre (void)
{
  Scene   scene;
  goffset before;

  scene_open (&scene);
  write_something (&scene);
  before = log_len (&scene);
  g_assert_cmpint (before, >, 0);
  {
    g_autoptr (MadoUpkeep) upkeep = mado_upkeep_new (&scene.office, 1);
    while (log_len (&scene) >= before)
      g_main_context_iteration (NULL, TRUE);
    g_assert_true (mado_worker_stop (g_steal_pointer (&scene.office.disk), G_MAXINT64));
  }
  scene.office.disk = mado_worker_new ("disk");
  scene_close (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/upkeep/the-log-is-emptied-without-a-centre",
                   test_the_log_is_emptied_without_a_centre);
  return g_test_run ();
}
