#include "app/store/centre-inner.h"

#include "app/base/json.h"
#include "app/base/random.h"

static gboolean
write_tombstone (MadoCentre *centre, MadoCentreLine *line, JsonObject *body, GError **error)
{
  g_autoptr (MadoApplication) now = mado_centre_line_bare (line);

  return mado_database_write (centre->data, error,
                              "UPDATE event SET sealed = NULL WHERE application = ?", "u",
                              line->application)
         && mado_database_write (centre->data, error, "DELETE FROM aside WHERE application = ?",
                                 "u", line->application)
         && mado_database_write (centre->data, error, "DELETE FROM person WHERE application = ?",
                                 "u", line->application)
         && mado_centre_append (centre, now, "purged", body, error);
}

/* The logs still hold what was deleted. */
static gboolean
sweep (MadoCentre *centre, GError **error)
{
  return mado_database_tidy (centre->vault->database, error)
         && mado_database_tidy (centre->data, error);
}

static gboolean
purge (MadoCentre *centre, const char *application, JsonObject *body, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  const char *rule = mado_json_string (body, "rule");

  if (!mado_centre_line_load (centre, application, &line, error))
    return FALSE;
  if (line == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application %s", application);
  if (g_str_equal (line->state, "purged"))
    return TRUE;
  return mado_vault_purge (centre->vault, application, rule, mado_clock_now_ms (centre->clock),
                           error)
         && write_tombstone (centre, line, body, error);
}

gboolean
mado_centre_purge (MadoCentre *centre, const char *application, JsonObject *body, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_uuid_is_valid (application))
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
  if (!mado_centre_begin (centre, error)
      || !mado_centre_end (centre, purge (centre, application, body, error), error))
    return FALSE;
  return sweep (centre, error);
}

typedef struct {
  char *application;
  char *rule;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->application);
  g_free (entry->rule);
  g_free (entry);
}

static gpointer
entry_of (MadoRows *rows)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->application = mado_rows_uuid (rows, 0);
  entry->rule = g_strdup (mado_rows_text (rows, 1));
  return entry;
}

static GPtrArray *
load_ledger (MadoCentre *centre, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (centre->vault->database, error,
                                             "SELECT application, rule FROM main.ledger", "");

  return mado_rows_list (rows, entry_of, (GDestroyNotify)entry_free, error);
}

static gboolean
purge_entry (MadoCentre *centre, const Entry *entry, gboolean *swept, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  g_autoptr (JsonObject) body = json_object_new ();

  if (!mado_centre_line_load (centre, entry->application, &line, error))
    return FALSE;
  if (line == NULL || g_str_equal (line->state, "purged"))
    return TRUE;
  *swept = TRUE;
  mado_json_set_string (body, "rule", entry->rule);
  return write_tombstone (centre, line, body, error);
}

static gboolean
purge_entries (MadoCentre *centre, gboolean *swept, GError **error)
{
  g_autoptr (GPtrArray) ledger = load_ledger (centre, error);

  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < ledger->len; i++)
    if (!purge_entry (centre, ledger->pdata[i], swept, error))
      return FALSE;
  return TRUE;
}

gboolean
mado_centre_purge_again (MadoCentre *centre, GError **error)
{
  gboolean swept = FALSE;

  if (!mado_centre_begin (centre, error)
      || !mado_centre_end (centre, purge_entries (centre, &swept, error), error))
    return FALSE;
  return !swept || sweep (centre, error);
}
