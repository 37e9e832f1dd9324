#include "app/agent/worker.h"

typedef struct {
  GMainLoop *loop;
  GString   *order;
  GThread   *ran_on;
  GMutex     hold;
  gint       begun;
} Scene;

typedef struct {
  Scene *scene;
  char   name;
} Piece;

static void
work (gpointer data)
{
  Piece *piece = data;

  g_atomic_int_set (&piece->scene->begun, TRUE);
  g_mutex_lock (&piece->scene->hold);
  g_mutex_unlock (&piece->scene->hold);
  piece->scene->ran_on = g_thread_self ();
}

static void
done (gpointer data)
{
  g_autofree Piece *piece = data;

  g_assert_true (piece->scene->ran_on != g_thread_self ());
  g_string_append_c (piece->scene->order, piece->name);
  if (piece->name == 'c')
    g_main_loop_quit (piece->scene->loop);
}

static Piece *
piece (Scene *scene, char name)
{
  Piece *made = g_new (Piece, 1);

  *made = (Piece){ scene, name };
  return made;
}

static void
scene_init (Scene *scene)
{
  *scene = (Scene){ g_main_loop_new (NULL, FALSE), g_string_new (NULL) };
  g_mutex_init (&scene->hold);
}

static void
scene_clear (Scene *scene)
{
  g_main_loop_unref (scene->loop);
  g_string_free (scene->order, TRUE);
  g_mutex_clear (&scene->hold);
}

static void
test_keeps_the_order (void)
{
  Scene       scene;
  MadoWorker *worker = mado_worker_new ("test");

  scene_init (&scene);
  for (char name = 'a'; name <= 'c'; name++)
    mado_worker_push (worker, work, done, piece (&scene, name));
  g_main_loop_run (scene.loop);
  g_assert_cmpstr (scene.order->str, ==, "abc");
  g_assert_true (mado_worker_stop (worker, g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND));
  scene_clear (&scene);
}

/* A hung card must not keep the program from ending. */
static void
test_stuck_work_is_left_behind (void)
{
  Scene       scene;
  MadoWorker *worker = mado_worker_new ("test");

  scene_init (&scene);
  g_mutex_lock (&scene.hold);
  mado_worker_push (worker, work, done, piece (&scene, 'a'));
  while (!g_atomic_int_get (&scene.begun))
    g_thread_yield ();
  g_assert_false (mado_worker_stop (worker, g_get_monotonic_time () + 20000));
  g_mutex_unlock (&scene.hold);
  g_assert_true (mado_worker_stop (worker, g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  scene_clear (&scene);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/worker/keeps-the-order", test_keeps_the_order);
  g_test_add_func ("/agent/worker/stuck-work-is-left-behind", test_stuck_work_is_left_behind);
  return g_test_run ();
}
