#include "pcsc/digestinfo.h"

#include <string.h>

static const guint8 prefix[MADO_DIGEST_INFO_LEN - MADO_SHA256_LEN] = {
  0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
  0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
};

void
mado_digest_info (const guint8 digest[MADO_SHA256_LEN], guint8 ret_info[MADO_DIGEST_INFO_LEN])
{
  memcpy (ret_info, prefix, sizeof prefix);
  memcpy (ret_info + sizeof prefix, digest, MADO_SHA256_LEN);
}

gboolean
mado_digest_info_fits (MadoOctets octets)
{
  return octets.len == MADO_DIGEST_INFO_LEN && memcmp (octets.data, prefix, sizeof prefix) == 0;
}
