#include "app/domain/line.h"

#include <string.h>

#define JOURNAL_LABEL "madoguchi/journal/1\n"

void
mado_journal_digest (const guint8 previous[MADO_SHA256_LEN],
                     const guint8 head[MADO_SHA256_LEN],
                     guint8       ret_digest[MADO_SHA256_LEN])
{
  guint8 digest[MADO_SHA256_LEN];

  mado_sha256_of (digest, JOURNAL_LABEL, strlen (JOURNAL_LABEL), previous, (gsize)MADO_SHA256_LEN,
                  head, (gsize)MADO_SHA256_LEN, NULL);
  memcpy (ret_digest, digest, sizeof digest);
}

gboolean
mado_line_follows (const MadoEvent *event,
                   const char      *application,
                   gint64           seq,
                   const guint8     head[MADO_SHA256_LEN])
{
  if (application != NULL && g_strcmp0 (application, event->application) != 0)
    return FALSE;
  return event->seq == seq + 1 && memcmp (event->previous, head, MADO_SHA256_LEN) == 0;
}

guint
mado_line_check (GPtrArray *headers, guint8 ret_head[MADO_SHA256_LEN])
{
  guint8           head[MADO_SHA256_LEN] = { 0 };
  g_autofree char *application = NULL;

  for (guint i = 0; i < headers->len; i++) {
    g_autoptr (MadoEvent) event = mado_event_from_json (headers->pdata[i], NULL);

    if (event == NULL || !mado_line_follows (event, application, i, head))
      return i + 1;
    if (application == NULL)
      application = g_strdup (event->application);
    mado_event_digest (event, head);
  }
  memcpy (ret_head, head, sizeof head);
  return 0;
}

const char *
mado_line_gift_name (MadoLineGift gift)
{
  static const char *const names[] = {
    [MADO_LINE_STORED] = "stored",
    [MADO_LINE_ALREADY] = "already",
    [MADO_LINE_FORK] = "fork",
  };

  return names[gift];
}

MadoLineGift
mado_line_compare (const guint8 *have, gsize n_have, const guint8 *offered, gsize n_offered)
{
  if (n_have == 0)
    return MADO_LINE_STORED;
  if (n_offered > n_have || memcmp (have, offered, n_offered * MADO_SHA256_LEN) != 0)
    return MADO_LINE_FORK;
  return MADO_LINE_ALREADY;
}
