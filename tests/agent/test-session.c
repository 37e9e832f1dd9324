#include "app/agent/error.h"
#include "app/agent/session.h"
#include "app/base/json.h"
#include "tests/card/rehearsal.h"
#include "tests/lib/child.h"

#include <string.h>

#define PAPERS                                                                                     \
  "{\"name\":\"見本　次郎\",\"address\":\"埼玉県熊谷市見本町\","                     \
  "\"birth_date\":\"1990-01-02\"}"
#define OTHER_PAPERS                                                                               \
  "{\"name\":\"見本　三郎\",\"address\":\"埼玉県熊谷市見本町\","                     \
  "\"birth_date\":\"1991-01-02\"}"
#define CONTACT "{\"kana\":\"ミホンジロウ\",\"phone\":\"09012345678\"}"
#define CONTACT_WITH_NUMBER                                                                        \
  "{\"kana\":\"ミホンジロウ\",\"phone\":\"09012345678\",\"number\":\"00012345\"}"
#define APPLICATION "01936b2e-0000-7000-8000-000000000001"

/* A terminal without reader and centre; @window and @kiosk own sittings. */
typedef struct {
  char        *folder;
  MadoOffice  *office;
  MadoSession *session;
  guint        n_changed, n_stored;
  int          window, kiosk;
} Scene;

static void
on_changed (gpointer data)
{
  ((Scene *)data)->n_changed++;
}

static void
on_stored (gpointer data)
{
  ((Scene *)data)->n_stored++;
}

static MadoSettings *
settings_in (const char *folder)
{
  g_autofree char *kek = g_build_filename (folder, "kek", NULL);
  g_autofree char *path = g_build_filename (folder, "madoguchi.conf", NULL);
  g_autofree char *text
      = g_strdup_printf ("[terminal]\nid=K-0001\nbranch=kumagaya\n[trust]\nanchors=%s/anchors\n"
                         "[keys]\nkek=%s\n",
                         mado_rehearsal_pki (), kek);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (kek, "0123456789abcdef0123456789abcdef", 32, &error);
  g_file_set_contents (path, text, -1, &error);
  MadoSettings *settings = mado_settings_load (path, &error);
  g_assert_no_error (error);
  return settings;
}

static void
scene_open (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  *scene = (Scene){ mado_test_folder () };
  scene->office = mado_office_open (settings_in (scene->folder), scene->folder, NULL, &error);
  g_assert_no_error (error);
  scene->session = mado_session_new (scene->office, on_changed, on_stored, scene);
}

/* Nothing of it may come back in the next scene. */
static void
scene_close (Scene *scene)
{
  mado_session_disown (scene->session, &scene->window);
  mado_session_disown (scene->session, &scene->kiosk);
  g_assert_true (mado_office_close (scene->office, G_MAXINT64));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  mado_session_free (scene->session);
  mado_test_folder_remove (scene->folder);
}

/* What @owner's screen shows. */
static JsonObject *
shown_to (Scene *scene, gpointer owner)
{
  g_autofree char *text = mado_session_state (scene->session, owner);
  JsonObject      *state = mado_json_parse_object (text, strlen (text), NULL);

  g_assert_nonnull (state);
  return state;
}

static gboolean
is_in (Scene *scene, gpointer owner, const char *name)
{
  g_autoptr (JsonObject) state = shown_to (scene, owner);

  return g_str_equal (mado_json_string (state, "state"), name);
}

static void
wait_for (Scene *scene, gpointer owner, const char *name)
{
  while (!is_in (scene, owner, name))
    g_main_context_iteration (NULL, TRUE);
}

static void
begin (Scene *scene, gpointer owner, MadoRole role, const char *method)
{
  g_autoptr (GError) error = NULL;

  mado_session_begin (scene->session, owner, role, method, APPLICATION, &error);
  g_assert_no_error (error);
  mado_session_consent (scene->session, owner, mado_consent_current ()->version, "touch", &error);
  g_assert_no_error (error);
}

/* As far as the summary. */
static void
fill_in (Scene *scene, gpointer owner, MadoRole role, const char *papers)
{
  g_autoptr (GError) error = NULL;

  begin (scene, owner, role, "document");
  mado_session_document (scene->session, owner, papers, &error);
  g_assert_no_error (error);
  mado_session_step (scene->session, owner, MADO_EVENT_PERSON_SEEN, &error);
  g_assert_no_error (error);
  mado_session_contact (scene->session, owner, CONTACT, &error);
  g_assert_no_error (error);
}

static void
confirm (Scene *scene, gpointer owner)
{
  g_autoptr (GError) error = NULL;

  mado_session_step (scene->session, owner, MADO_EVENT_CONFIRM, &error);
  g_assert_no_error (error);
}

static guint
n_lines (Scene *scene)
{
  g_autoptr (GPtrArray) rows = mado_store_list (scene->office->store, NULL);

  return rows->len;
}

static void
test_confirm_twice_stores_once (void)
{
  Scene scene;
  g_autoptr (GError) error = NULL;

  scene_open (&scene);
  fill_in (&scene, &scene.window, MADO_ROLE_STAFF, PAPERS);
  confirm (&scene, &scene.window);
  g_assert_false (mado_session_step (scene.session, &scene.window, MADO_EVENT_CONFIRM, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
  wait_for (&scene, &scene.window, "done");
  g_assert_cmpuint (scene.n_stored, ==, 1);
  g_assert_cmpuint (n_lines (&scene), ==, 1);
  scene_close (&scene);
}

/* What was confirmed is stored, and nobody can look at it afterwards. */
static void
test_an_owner_that_vanishes_while_storing (void)
{
  Scene scene;

  scene_open (&scene);
  fill_in (&scene, &scene.window, MADO_ROLE_STAFF, PAPERS);
  confirm (&scene, &scene.window);
  mado_session_disown (scene.session, &scene.window);
  while (scene.n_stored == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_lines (&scene), ==, 1);
  begin (&scene, &scene.kiosk, MADO_ROLE_KIOSK, "document");
  g_assert_true (is_in (&scene, &scene.kiosk, "document"));
  g_assert_true (is_in (&scene, &scene.window, "idle"));
  scene_close (&scene);
}

static void
test_the_same_id_for_somebody_else_is_no_success (void)
{
  Scene scene;

  scene_open (&scene);
  fill_in (&scene, &scene.window, MADO_ROLE_STAFF, PAPERS);
  confirm (&scene, &scene.window);
  wait_for (&scene, &scene.window, "done");
  fill_in (&scene, &scene.window, MADO_ROLE_STAFF, OTHER_PAPERS);
  confirm (&scene, &scene.window);
  wait_for (&scene, &scene.window, "confirm");
  g_autoptr (JsonObject) state = shown_to (&scene, &scene.window);
  g_assert_cmpstr (mado_json_string (mado_json_object (state, "failure"), "code"), ==,
                   "MADO_MOVED");
  scene_close (&scene);
}

static void
test_a_second_window (void)
{
  Scene scene;
  g_autoptr (GError) error = NULL;
  guint n_changed;

  scene_open (&scene);
  fill_in (&scene, &scene.window, MADO_ROLE_STAFF, PAPERS);
  g_assert_false (
      mado_session_begin (scene.session, &scene.kiosk, MADO_ROLE_KIOSK, "document", "", &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_BUSY);
  g_clear_error (&error);
  g_assert_false (mado_session_step (scene.session, &scene.kiosk, MADO_EVENT_CANCEL, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_NOT_ALLOWED);
  g_assert_true (is_in (&scene, &scene.kiosk, "idle"));
  confirm (&scene, &scene.window);
  wait_for (&scene, &scene.window, "done");
  n_changed = scene.n_changed;
  g_assert_true (
      mado_session_begin (scene.session, &scene.kiosk, MADO_ROLE_KIOSK, "document", "", NULL));
  /* Once for the window whose sitting is gone, once for the new one. */
  g_assert_cmpuint (scene.n_changed, ==, n_changed + 2);
  scene_close (&scene);
}

static void
test_a_kiosk_gives_no_number (void)
{
  Scene scene;
  g_autoptr (GError) error = NULL;

  scene_open (&scene);
  fill_in (&scene, &scene.kiosk, MADO_ROLE_KIOSK, PAPERS);
  mado_session_step (scene.session, &scene.kiosk, MADO_EVENT_BACK, NULL);
  g_assert_false (mado_session_contact (scene.session, &scene.kiosk, CONTACT_WITH_NUMBER, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_NOT_ALLOWED);
  g_assert_true (is_in (&scene, &scene.kiosk, "contact"));
  scene_close (&scene);
}

/* @present of two readers hold a card. */
static void
lay_cards (Scene *scene, guint present)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_reader_free);

  for (guint i = 0; i < 2; i++) {
    MadoReader *reader = g_new0 (MadoReader, 1);
    reader->name = g_strdup_printf ("reader %u", i);
    reader->present = i < present;
    g_ptr_array_add (readers, reader);
  }
  mado_session_readers (scene->session, readers);
}

/* Nobody has to lift and lay down the right one. */
static void
test_the_card_that_stays_is_looked_at (void)
{
  Scene scene;

  scene_open (&scene);
  lay_cards (&scene, 2);
  begin (&scene, &scene.window, MADO_ROLE_STAFF, "sign");
  wait_for (&scene, &scene.window, "card"); /* without a service no card can be used */
  lay_cards (&scene, 1);
  g_assert_true (is_in (&scene, &scene.window, "reading"));
  scene_close (&scene);
}

int
main (int argc, char **argv)
{
  g_setenv ("PCSCLITE_CSOCK_NAME", "/nowhere", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/session/confirm-twice-stores-once", test_confirm_twice_stores_once);
  g_test_add_func ("/agent/session/an-owner-that-vanishes-while-storing",
                   test_an_owner_that_vanishes_while_storing);
  g_test_add_func ("/agent/session/the-same-id-for-somebody-else-is-no-success",
                   test_the_same_id_for_somebody_else_is_no_success);
  g_test_add_func ("/agent/session/a-second-window", test_a_second_window);
  g_test_add_func ("/agent/session/a-kiosk-gives-no-number", test_a_kiosk_gives_no_number);
  g_test_add_func ("/agent/session/the-card-that-stays-is-looked-at",
                   test_the_card_that_stays_is_looked_at);
  return g_test_run ();
}
