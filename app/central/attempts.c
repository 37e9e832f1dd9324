#include "app/central/attempts.h"

#define REFILL_S 60
#define ENTRIES_MAX 1024

/* Wrong guesses not yet forgotten. */
typedef struct {
  guint  wrong;
  gint64 since; /* the second from which the next one is forgotten */
} Bucket;

struct _MadoAttempts {
  GMutex      lock;
  GHashTable *each; /* terminal id → Bucket */
  Bucket      all;
};

MadoAttempts *
mado_attempts_new (void)
{
  MadoAttempts *attempts = g_new0 (MadoAttempts, 1);

  g_mutex_init (&attempts->lock);
  attempts->each = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return attempts;
}

void
mado_attempts_free (MadoAttempts *attempts)
{
  if (attempts == NULL)
    return;
  g_hash_table_unref (attempts->each);
  g_mutex_clear (&attempts->lock);
  g_free (attempts);
}

static void
forget (Bucket *bucket, gint64 now)
{
  gint64 minutes = MAX (0, (now - bucket->since) / REFILL_S);

  bucket->wrong -= (guint)MIN (minutes, bucket->wrong);
  /* A clock set back must not hold a bucket full for ever. */
  bucket->since = now < bucket->since ? now : bucket->since + minutes * REFILL_S;
}

static gboolean
is_idle (gpointer key G_GNUC_UNUSED, gpointer value, gpointer now)
{
  forget (value, *(gint64 *)now);
  return ((Bucket *)value)->wrong == 0;
}

gboolean
mado_attempts_allow (MadoAttempts *attempts, const char *terminal, gint64 now, gint64 *ret_wait)
{
  g_autoptr (GMutexLocker) held = g_mutex_locker_new (&attempts->lock);
  Bucket *bucket = g_hash_table_lookup (attempts->each, terminal);

  forget (&attempts->all, now);
  if (bucket != NULL)
    forget (bucket, now);
  *ret_wait = REFILL_S;
  return held != NULL && attempts->all.wrong < MADO_ATTEMPTS_ALL
         && (bucket == NULL || bucket->wrong < MADO_ATTEMPTS_EACH);
}

void
mado_attempts_note (MadoAttempts *attempts, const char *terminal, gint64 now)
{
  g_autoptr (GMutexLocker) held = g_mutex_locker_new (&attempts->lock);
  Bucket *bucket = held != NULL ? g_hash_table_lookup (attempts->each, terminal) : NULL;

  if (attempts->all.wrong++ == 0)
    attempts->all.since = now;
  if (bucket == NULL && g_hash_table_size (attempts->each) >= ENTRIES_MAX)
    g_hash_table_foreach_remove (attempts->each, is_idle, &now);
  if (bucket == NULL && g_hash_table_size (attempts->each) < ENTRIES_MAX) {
    bucket = g_new0 (Bucket, 1);
    g_hash_table_insert (attempts->each, g_strdup (terminal), bucket);
  }
  if (bucket != NULL && bucket->wrong++ == 0)
    bucket->since = now;
}
