#include "certs/freshness.h"

#define CLOCK_SKEW (5 * 60)

gboolean
mado_freshness_check (const ASN1_TIME *this_update,
                      const ASN1_TIME *next_update,
                      gint64           longest_life,
                      gint64           now,
                      GError         **error)
{
  gint64 from;
  gint64 until;

  if (!mado_libcrypto_time (this_update, &from)
      || (next_update != NULL && !mado_libcrypto_time (next_update, &until)))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "an update time that is no time");
  if (next_update == NULL)
    until = from + longest_life;
  if (until < from)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "the next update is before this one");
  if (from > now + CLOCK_SKEW)
    return mado_certs_raise (error, MADO_CERTS_ERROR_STALE, "dated in the future");
  if (until < now - CLOCK_SKEW)
    return mado_certs_raise (error, MADO_CERTS_ERROR_STALE, "%" G_GINT64_FORMAT " s past its time",
                             now - until);
  return TRUE;
}
