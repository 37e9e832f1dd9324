/* Lines: each is taken for a header, and for a step "holder actor type body" of one application. */
#include "app/base/json.h"
#include "app/domain/fold.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_header (const char *line)
{
  g_autoptr (MadoEvent) event = mado_event_parse_header (line, strlen (line), NULL);

  if (event != NULL) {
    g_autofree char *again = mado_event_header (event);
    g_assert_cmpstr (again, ==, line);
  }
}

static void
check (const MadoApplication *application, MadoState before)
{
  g_autoptr (JsonObject) json = mado_application_to_json (application);

  g_assert_cmpint (before, !=, MADO_STATE_PURGED);
  g_assert_cmpint (application->state, !=, MADO_STATE_NONE);
  g_assert_true ((application->claim != NULL) == (application->state == MADO_STATE_REVIEWING));
  g_assert_true (application->state != MADO_STATE_NUMBERED || application->number != NULL);
  g_assert_true (json_object_has_member (json, "state"));
}

static void
try_step (MadoApplication *application, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  g_autoptr (MadoEvent) event = mado_event_new ();
  MadoState before = application->state;

  if (g_strv_length (words) < 3)
    return;
  event->application = g_strdup ("0192f3a2-0000-7000-8000-000000000000");
  event->holder = g_utf8_make_valid (words[0], -1);
  event->actor = g_utf8_make_valid (words[1], -1);
  event->type = g_utf8_make_valid (words[2], -1);
  event->seq = application->seq + 1;
  memcpy (event->previous, application->head, sizeof event->previous);
  if (words[3] != NULL)
    event->body = mado_json_parse_object (words[3], strlen (words[3]), NULL);
  if (mado_fold_step (application, event, NULL))
    check (application, before);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  g_autoptr (MadoApplication) application = mado_application_new ();

  for (guint i = 0; lines[i] != NULL; i++) {
    try_header (lines[i]);
    try_step (application, lines[i]);
  }
  return 0;
}
