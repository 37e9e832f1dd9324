#include "ui/said.h"

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/domain/applicant.h"

#include <string.h>

#define JAPAN_S (9 * 60 * 60)

static JsonObject *
holder (JsonObject *document, const char **path)
{
  const char *slash = strchr (*path, '/');

  if (document == NULL || slash == NULL)
    return document;
  g_autofree char *outer = g_strndup (*path, (gsize)(slash - *path));
  *path = slash + 1;
  return holder (mado_json_object (document, outer), path);
}

const char *
mado_said (JsonObject *document, const char *path)
{
  JsonObject *object = holder (document, &path);
  const char *text = object != NULL ? mado_json_string (object, path) : NULL;

  return text != NULL ? text : "";
}

char *
mado_said_name (JsonObject *document, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (mado_said (document, path), "　", -1);

  return g_strjoinv (" ", parts);
}

int
mado_said_number (JsonObject *document, const char *path, int otherwise)
{
  JsonObject *object = holder (document, &path);
  gint64      value;

  return object != NULL && mado_json_integer (object, path, &value) ? (int)value : otherwise;
}

char *
mado_said_time (JsonObject *document, const char *path)
{
  gint64 seconds;

  if (!mado_clock_parse (mado_said (document, path), &seconds))
    return g_strdup ("");
  return mado_clock_words (seconds);
}

static GDateTime *
in_japan (gint64 now)
{
  return g_date_time_new_from_unix_utc (now + JAPAN_S);
}

char *
mado_clock_words (gint64 now)
{
  g_autoptr (GDateTime) local = in_japan (now);

  return g_strdup_printf ("%d:%02d", g_date_time_get_hour (local), g_date_time_get_minute (local));
}

char *
mado_date_words (gint64 now)
{
  static const char *const days[] = { "月", "火", "水", "木", "金", "土", "日" };
  g_autoptr (GDateTime) local = in_japan (now);

  return g_strdup_printf ("%d月%d日（%s）", g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local),
                          days[g_date_time_get_day_of_week (local) - 1]);
}

char *
mado_branch_words (const char *id)
{
  const char *label = mado_choice_label (mado_branches (), id);

  if (label == NULL || g_str_has_suffix (label, "図書館"))
    return g_strdup (label != NULL ? label : id);
  return g_strconcat (label, "図書館", NULL);
}
