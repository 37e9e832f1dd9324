#include "certs/profile.h"

#include "certs/extensions.h"
#include "certs/reasons.h"

/* JPKI certificate policies; the arc of JPKI's test cards (…8.5.1.0…) is none of them. */
static const struct {
  const char *policy;
  guint32     key_usage;
  const char *key_usage_text;
} profiles[] = {
  [MADO_CERT_AUTH] = { "1.2.392.200149.8.5.1.3.30", KU_DIGITAL_SIGNATURE, "digitalSignature" },
  [MADO_CERT_SIGN] = { "1.2.392.200149.8.5.1.1.20", KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION,
                       "digitalSignature and nonRepudiation" },
};

static gboolean
has_policy (X509 *x509, MadoCertProfile profile)
{
  g_autoptr (CERTIFICATEPOLICIES) policies
      = X509_get_ext_d2i (x509, NID_certificate_policies, NULL, NULL);

  for (int i = 0; i < sk_POLICYINFO_num (policies); i++) {
    g_autofree char *oid = mado_extensions_oid (sk_POLICYINFO_value (policies, i)->policyid);
    if (g_str_equal (oid, profiles[profile].policy))
      return TRUE;
  }
  return FALSE;
}

static MadoCertProfile
named_by_policy (X509 *x509)
{
  for (MadoCertProfile profile = MADO_CERT_AUTH; profile < MADO_CERT_OTHER; profile++)
    if (has_policy (x509, profile))
      return profile;
  return MADO_CERT_OTHER;
}

static gboolean
has_key_usage (X509 *x509, MadoCertProfile profile)
{
  return X509_get_extension_flags (x509) & EXFLAG_KUSAGE
         && X509_get_key_usage (x509) == profiles[profile].key_usage;
}

MadoCertProfile
mado_profile_of (X509 *x509)
{
  MadoCertProfile named = named_by_policy (x509);

  return named != MADO_CERT_OTHER && has_key_usage (x509, named) ? named : MADO_CERT_OTHER;
}

static gboolean
check_end_entity (X509 *x509, GString *reasons)
{
  if (X509_get_extension_flags (x509) & EXFLAG_CA)
    return mado_reasons_add (reasons, "RFC 5280 §4.2.1.9: an authority's certificate, expected an "
                                      "end entity's");
  return TRUE;
}

static gboolean
check_key_usage (X509 *x509, MadoCertProfile profile, GString *reasons)
{
  if (!(X509_get_extension_flags (x509) & EXFLAG_KUSAGE))
    return mado_reasons_add (reasons, "RFC 5280 §4.2.1.3: no key usage");
  if (!mado_extensions_is_critical (X509_get0_extensions (x509), NID_key_usage))
    return mado_reasons_add (reasons, "RFC 5280 §4.2.1.3: key usage is not critical");
  if (profile != MADO_CERT_OTHER && !has_key_usage (x509, profile))
    return mado_reasons_add (reasons, "JPKI profile: key usage 0x%02X, expected %s",
                             X509_get_key_usage (x509), profiles[profile].key_usage_text);
  return TRUE;
}

static gboolean
check_extended_key_usage (X509 *x509, GString *reasons)
{
  if (X509_get_extension_flags (x509) & EXFLAG_XKUSAGE)
    return mado_reasons_add (reasons, "JPKI profile: extended key usage, expected none "
                                      "(RFC 5280 §4.2.1.12)");
  return TRUE;
}

static gboolean
check_policies (X509 *x509, MadoCertProfile profile, GString *reasons)
{
  if (X509_get_ext_by_NID (x509, NID_certificate_policies, -1) < 0)
    return mado_reasons_add (reasons, "JPKI profile: no certificate policies (RFC 5280 §4.2.1.4)");
  if (!mado_extensions_is_critical (X509_get0_extensions (x509), NID_certificate_policies))
    return mado_reasons_add (reasons, "JPKI profile: certificate policies are not critical");
  if (profile == MADO_CERT_OTHER)
    return mado_reasons_add (reasons, "JPKI profile: policy of neither profile");
  if (!has_policy (x509, profile))
    return mado_reasons_add (reasons, "JPKI profile: another policy, expected %s",
                             profiles[profile].policy);
  return TRUE;
}

gboolean
mado_profile_check (X509 *x509, MadoCertProfile profile, GString *reasons)
{
  MadoCertProfile asked = profile != MADO_CERT_OTHER ? profile : named_by_policy (x509);
  gboolean        fits = check_end_entity (x509, reasons);

  fits &= check_key_usage (x509, asked, reasons);
  fits &= check_extended_key_usage (x509, reasons);
  fits &= check_policies (x509, asked, reasons);
  return fits;
}
