#include "app/store/referee.h"

#include "app/base/json.h"
#include "app/base/random.h"
#include "app/domain/day.h"
#include "app/domain/text.h"
#include "app/store/vault-number.h"

/* --- numbers --------------------------------------------------------------------------------- */

static gboolean
brings_number (const MadoEvent *event)
{
  return g_str_equal (event->type, "number_bound") || g_str_equal (event->type, "reinstated");
}

/* Every number the line ever had is claimed, also one it gave up: that one is never used again.
 * @ret_rival is whose the number is that the line ends with. */
static gboolean
claim_numbers (MadoCentre *centre, GPtrArray *events, char **ret_rival, GError **error)
{
  const char *number = NULL;

  for (guint i = 0; i < events->len; i++) {
    const MadoEvent *event = events->pdata[i];
    const char *brought = brings_number (event) ? mado_json_string (event->body, "number") : NULL;
    if (brought == NULL && !g_str_equal (event->type, "number_retired"))
      continue;
    g_clear_pointer (ret_rival, g_free);
    if (brought != NULL
            ? !mado_vault_claim_number (centre->vault, event->application, brought, ret_rival,
                                        error)
            : !mado_vault_retire_number (centre->vault, event->application, number, error))
      return FALSE;
    number = brought;
  }
  return TRUE;
}

static gboolean
take_number_off (MadoCentre *centre, MadoApplication *now, const char *rival, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();

  json_object_set_string_member (body, "cause", "taken");
  return mado_centre_append (centre, now, "number_retired", body, error)
         && mado_centre_flag (centre, now->id, "number_taken", rival, error);
}

static gboolean
look_at_number (MadoCentre *centre, GPtrArray *events, MadoApplication *now, GError **error)
{
  g_autofree char *rival = NULL;

  if (!claim_numbers (centre, events, &rival, error))
    return FALSE;
  return rival == NULL || now->number == NULL || take_number_off (centre, now, rival, error);
}

/* --- persons --------------------------------------------------------------------------------- */

/* Equal for two applications of which mado_duplicate_compare() says that the person is the same;
 * NULL when too little is known. */
static char *
person_of (const MadoApplication *now)
{
  const char *name = mado_json_string (now->fields, "name");
  const char *birth_date = mado_json_string (now->fields, "birth_date");

  if (name == NULL || birth_date == NULL || !mado_day_is_valid (birth_date))
    return NULL;
  g_autofree char *folded = mado_text_fold (name);
  return *folded != '\0' ? g_strdup_printf ("%s\n%s", birth_date, folded) : NULL;
}

#define OTHERS                                                                                     \
  "SELECT p.application FROM person p CROSS JOIN line l ON l.application = p.application"          \
  " WHERE l.state NOT IN ('rejected', 'withdrawn', 'purged') AND p.mac = ?"
#define BORN_BEFORE OTHERS " AND p.application < ? ORDER BY p.application DESC LIMIT 1"
#define BORN_AFTER OTHERS " AND p.application > ? ORDER BY p.application LIMIT 1"

static gboolean
find_one (MadoCentre  *centre,
          const char  *query,
          const guint8 mac[32],
          const char  *application,
          char       **ret_other,
          GError     **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (centre->data, error, query, "du", mac, application);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_other = there ? mado_rows_uuid (rows, 0) : NULL;
  return TRUE;
}

/* Ids are UUIDv7: their order, which is the table's, is that of births. */
static gboolean
find_other (MadoCentre  *centre,
            const guint8 mac[32],
            const char  *application,
            char       **ret_other,
            GError     **error)
{
  return find_one (centre, BORN_BEFORE, mac, application, ret_other, error)
         && (*ret_other != NULL
             || find_one (centre, BORN_AFTER, mac, application, ret_other, error));
}

static gboolean
is_over (const MadoApplication *now)
{
  return now->state == MADO_STATE_REJECTED || now->state == MADO_STATE_WITHDRAWN
         || now->state == MADO_STATE_PURGED;
}

static gboolean
flag_both (MadoCentre *centre, const char *application, const char *other, GError **error)
{
  return mado_centre_flag (centre, application, "same_person", other, error)
         && mado_centre_flag (centre, other, "same_person", application, error);
}

static gboolean
look_at_person (MadoCentre *centre, const MadoApplication *now, GError **error)
{
  g_autofree char *person = person_of (now);
  g_autofree char *other = NULL;
  guint8           mac[32];

  if (person == NULL)
    return TRUE;
  mado_vault_mac (centre->vault, "person", person, mac);
  if (!mado_database_write (centre->data, error, "INSERT OR IGNORE INTO person VALUES(?, ?)", "du",
                            mac, now->id))
    return FALSE;
  if (is_over (now))
    return TRUE;
  return find_other (centre, mac, now->id, &other, error)
         && (other == NULL || flag_both (centre, now->id, other, error));
}

gboolean
mado_referee_look (MadoCentre *centre, GPtrArray *events, MadoApplication *now, GError **error)
{
  return look_at_number (centre, events, now, error) && look_at_person (centre, now, error);
}
