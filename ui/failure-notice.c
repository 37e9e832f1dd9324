#include "ui/failure-notice.h"

#include "app/base/json.h"
#include "ui/build.h"
#include "ui/icon.h"
#include "ui/parts.h"
#include "ui/said.h"

MadoFailure
mado_failure_in (JsonObject *state)
{
  const char *code = mado_said (state, "failure/code");

  return *code != '\0' ? mado_failure_from_code (code) : MADO_FAILURE_NONE;
}

char *
mado_failure_sentence (JsonObject *state)
{
  MadoFailure failure = mado_failure_in (state);
  int         left = mado_said_number (state, "tries/left", -1);

  if (failure == MADO_FAILURE_PIN_WRONG && left >= 0)
    return g_strdup_printf ("%sあと %d回 ためせます。", mado_wording (failure)->first, left);
  return g_strdup (mado_wording (failure)->first);
}

gboolean
mado_failure_allows (JsonObject *state, const char *event)
{
  JsonObject *failure = mado_json_object (state, "failure");
  JsonArray  *can = failure != NULL ? mado_json_array (failure, "can") : NULL;

  for (guint i = 0; can != NULL && i < json_array_get_length (can); i++)
    if (g_strcmp0 (json_array_get_string_element (can, i), event) == 0)
      return TRUE;
  return FALSE;
}

static char *
a_line_each (const char *sentences)
{
  g_auto (GStrv) parts = g_strsplit (sentences, "。", -1);
  g_autofree char *lines = g_strjoinv ("。\n", parts);

  return g_strdup (g_strchomp (lines));
}

GtkWidget *
mado_failure_notice_new (JsonObject *state)
{
  MadoFailure failure = mado_failure_in (state);

  if (failure == MADO_FAILURE_NONE)
    return NULL;
  GtkWidget       *notice = mado_row ("notice warn large", 12);
  GtkWidget       *texts = mado_column (NULL, 0);
  g_autofree char *first = mado_failure_sentence (state);
  g_autofree char *lines = a_line_each (first);
  mado_put (notice, mado_icon_new ("info", 26));
  mado_put (texts, mado_text ("strong", lines));
  mado_put (texts, mado_text ("small", mado_wording (failure)->second));
  mado_put_wide (notice, texts);
  atk_object_set_role (gtk_widget_get_accessible (notice), ATK_ROLE_NOTIFICATION);
  mado_set_name (notice, first);
  return notice;
}

static GtkWidget *
short_notice (const char *words)
{
  GtkWidget *notice = mado_notice_new ("warn", "info", words);

  atk_object_set_role (gtk_widget_get_accessible (notice), ATK_ROLE_NOTIFICATION);
  mado_set_name (notice, words);
  return notice;
}

GtkWidget *
mado_failure_line_new (JsonObject *state)
{
  g_autofree char *first = mado_failure_sentence (state);

  return short_notice (first);
}

GtkWidget *
mado_failure_lines_new (JsonObject *state)
{
  g_autofree char *first = mado_failure_sentence (state);
  g_autofree char *lines = a_line_each (first);

  return short_notice (lines);
}

GtkWidget *
mado_failure_facts_new (JsonObject *state)
{
  MadoFailure failure = mado_failure_in (state);

  if (failure == MADO_FAILURE_NONE)
    return NULL;
  const MadoWording *wording = mado_wording (failure);
  g_autofree char   *number = g_strdup_printf ("MADO-%s", mado_failure_slip (failure));
  GtkWidget         *terms = wording->next[1] != NULL
                                 ? mado_terms ("つぎに", wording->next[0], "または", wording->next[1],
                                               "案内の番号", number, NULL)
                                 : mado_terms ("つぎに", wording->next[0], "案内の番号", number, NULL);
  GtkWidget         *panel = mado_panel_new (terms);
  mado_add_classes (panel, "facts");
  return panel;
}
