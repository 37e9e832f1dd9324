#include "app/base/digest.h"

#include <stdarg.h>

static void
finish (GChecksum *checksum, guint8 ret_digest[MADO_SHA256_LEN])
{
  gsize len = MADO_SHA256_LEN;

  g_checksum_get_digest (checksum, ret_digest, &len);
}

void
mado_sha256 (const void *data, gsize len, guint8 ret_digest[MADO_SHA256_LEN])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (checksum, data, (gssize)len);
  finish (checksum, ret_digest);
}

void
mado_sha256_of (guint8 ret_digest[MADO_SHA256_LEN], ...)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const void *piece;
  va_list     args;

  va_start (args, ret_digest);
  while ((piece = va_arg (args, const void *)) != NULL)
    g_checksum_update (checksum, piece, (gssize)va_arg (args, gsize));
  va_end (args);
  finish (checksum, ret_digest);
}
