#include "app/store/centre-inner.h"

#include "app/base/random.h"
#include "app/domain/line.h"
#include "app/store/journal.h"

#include <openssl/crypto.h>
#include <string.h>

void
mado_centre_line_free (MadoCentreLine *line)
{
  if (line == NULL)
    return;
  g_free (line->application);
  g_free (line->state);
  g_free (line);
}

static MadoCentreLine *
line_of_row (const char *application, MadoRows *rows)
{
  MadoCentreLine *line = g_new0 (MadoCentreLine, 1);

  line->application = g_strdup (application);
  line->seq = mado_rows_integer (rows, 0);
  mado_rows_digest (rows, 1, line->head);
  line->state = g_strdup (mado_rows_text (rows, 2));
  return line;
}

gboolean
mado_centre_line_load (MadoCentre      *centre,
                       const char      *application,
                       MadoCentreLine **ret_line,
                       GError         **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error,
                       "SELECT seq, head, state FROM line WHERE application = ?", "u", application);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_line = there ? line_of_row (application, rows) : NULL;
  return TRUE;
}

gboolean
mado_centre_is_of_branch (MadoCentre *centre,
                          const char *application,
                          const char *branch,
                          gboolean   *ret_is,
                          GError    **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  gint64 found = 0;

  if (mado_uuid_is_valid (application)
      && !mado_database_number (centre->data, 0, &found, error,
                                "SELECT 1 FROM line WHERE application = ? AND branch = ?", "ut",
                                application, branch))
    return FALSE;
  *ret_is = found != 0;
  return TRUE;
}

MadoApplication *
mado_centre_line_fold (MadoCentre *centre, MadoCentreLine *line, GError **error)
{
  guint8 key[MADO_KEY_LEN];

  if (!mado_vault_key (centre->vault, line->application, key, error))
    return NULL;
  g_autoptr (GPtrArray) events
      = mado_events_load (centre->data, line->application, line->seq, key, error);
  OPENSSL_cleanse (key, sizeof key);
  return events != NULL ? mado_events_fold (events, error) : NULL;
}

MadoApplication *
mado_centre_line_bare (const MadoCentreLine *line)
{
  MadoApplication *application = mado_application_new ();

  application->id = g_strdup (line->application);
  application->state = mado_state_from_name (line->state);
  application->home = g_strdup ("S");
  application->seq = line->seq;
  memcpy (application->head, line->head, sizeof application->head);
  return application;
}

static char *
join_flags (const MadoApplication *application)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < application->flags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *)application->flags->pdata[i]);
  return g_string_free (text, FALSE);
}

gboolean
mado_centre_line_write (MadoCentre            *centre,
                        const MadoApplication *application,
                        const char            *branch,
                        gint64                 submitted_at,
                        GError               **error)
{
  g_autofree char *flags = join_flags (application);

  return mado_database_write (
      centre->data, error,
      "INSERT INTO line(application, seq, head, state, branch, flags, submitted_at)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(application) DO UPDATE SET"
      " seq = ?2, head = ?3, state = ?4, flags = ?6",
      "uidttti", application->id, application->seq, application->head,
      mado_state_name (application->state), branch, flags, submitted_at);
}

gboolean
mado_centre_place_last (MadoCentre *centre, gint64 *ret_n, guint8 ret_digest[32], GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error, "SELECT n, digest FROM journal ORDER BY n DESC LIMIT 1", "");

  return mado_journal_last (rows, ret_n, ret_digest, error);
}

gboolean
mado_centre_place_append (MadoCentre  *centre,
                          const char  *application,
                          const guint8 head[32],
                          gint64      *ret_n,
                          GError     **error)
{
  gint64 n = 0;
  guint8 digest[32];

  if (!mado_centre_place_last (centre, &n, digest, error))
    return FALSE;
  mado_journal_digest (digest, head, digest);
  *ret_n = n + 1;
  return mado_database_write (centre->data, error, "INSERT INTO journal VALUES(?, ?, ?, ?)", "iudd",
                              n + 1, application, head, digest);
}

/* --- read ------------------------------------------------------------------------------------ */

static MadoApplication *
read_purged (MadoCentre *centre, MadoCentreLine *line, GError **error)
{
  g_autoptr (GPtrArray) events
      = mado_events_load (centre->data, line->application, line->seq, NULL, error);

  if (events == NULL)
    return NULL;
  MadoApplication *application = mado_centre_line_bare (line);
  MadoEvent       *last = events->len > 0 ? events->pdata[events->len - 1] : NULL;
  if (last != NULL && last->body != NULL)
    application->tombstone = json_object_ref (last->body);
  return application;
}

MadoApplication *
mado_centre_read (MadoCentre *centre, const char *application, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (MadoCentreLine) line = NULL;

  if (mado_uuid_is_valid (application)
      && !mado_centre_line_load (centre, application, &line, error))
    return NULL;
  if (line == NULL) {
    mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
    return NULL;
  }
  if (g_str_equal (line->state, "purged"))
    return read_purged (centre, line, error);
  return mado_centre_line_fold (centre, line, error);
}
