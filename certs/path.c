#include "certs/path.h"

#include "certs/extensions.h"
#include "certs/libcrypto.h"
#include "certs/reasons.h"
#include "certs/profile.h"

#include <openssl/err.h>

/* How far the search for the issuer came; the farthest makes the reason. */
typedef enum { NOBODY, SAME_NAME, SAME_KEY_ID, SIGNED, SIGNED_AND_VALID } Kinship;

static gboolean
is_valid_at (MadoCert *cert, gint64 at)
{
  return mado_cert_not_before (cert) <= at && at <= mado_cert_not_after (cert);
}

static Kinship
kinship_of (MadoCert *cert, MadoCert *anchor, gint64 at)
{
  X509     *child = mado_cert_x509 (cert);
  X509     *parent = mado_cert_x509 (anchor);
  EVP_PKEY *key = X509_get0_pubkey (parent);
  g_autoptr (AUTHORITY_KEYID) key_id
      = X509_get_ext_d2i (child, NID_authority_key_identifier, NULL, NULL);
  gboolean is_signed;

  if (X509_NAME_cmp (X509_get_subject_name (parent), X509_get_issuer_name (child)) != 0)
    return NOBODY;
  if (key_id != NULL && X509_check_akid (parent, key_id) != X509_V_OK)
    return SAME_NAME;
  is_signed = key != NULL && X509_verify (child, key) == 1;
  ERR_clear_error ();
  if (!is_signed)
    return SAME_KEY_ID;
  return is_valid_at (anchor, at) ? SIGNED_AND_VALID : SIGNED;
}

/* A root that was made anew with its old key signed as well as the expired one: the valid one is
 * the issuer, in whatever order they come. */
static MadoCert *
find_issuer (MadoCert *cert, GPtrArray *anchors, gint64 at, GString *reasons)
{
  static const char *const why[] = {
    [NOBODY] = "RFC 5280 §6.1.3 (a)(4): no anchor has the issuer's name",
    [SAME_NAME] = "RFC 5280 §4.2.1.1: anchors of that name are of another generation (other key "
                  "identifier)",
    [SAME_KEY_ID] = "RFC 5280 §6.1.3 (a)(1): the signature is not the anchor's",
  };
  MadoCert *issuer = NULL;
  Kinship   nearest = NOBODY;

  for (guint i = 0; i < anchors->len; i++) {
    MadoCert *anchor = g_ptr_array_index (anchors, i);
    Kinship   kinship = kinship_of (cert, anchor, at);
    if (kinship >= SIGNED && kinship > nearest)
      issuer = anchor;
    nearest = MAX (nearest, kinship);
  }
  if (issuer == NULL)
    mado_reasons_add (reasons, "%s", why[nearest]);
  return issuer;
}

static gboolean
check_may_issue (X509 *anchor, GString *reasons)
{
  if (!(X509_get_extension_flags (anchor) & EXFLAG_CA))
    return mado_reasons_add (reasons, "RFC 5280 §4.2.1.9: the issuer is no authority");
  if (!(X509_get_extension_flags (anchor) & EXFLAG_KUSAGE)
      || !(X509_get_key_usage (anchor) & KU_KEY_CERT_SIGN))
    return mado_reasons_add (reasons, "RFC 5280 §4.2.1.3: the issuer's key may not sign "
                                      "certificates");
  return TRUE;
}

static gboolean
check_strength (X509 *cert, X509 *anchor, GString *reasons)
{
  int nid = X509_get_signature_nid (cert);

  if (!mado_libcrypto_is_strong_signature (nid))
    return mado_reasons_add (reasons,
                             "JPKI profile: signed with %s, expected "
                             "sha256WithRSAEncryption or better",
                             OBJ_nid2ln (nid));
  if (!mado_libcrypto_is_strong_key (X509_get0_pubkey (cert))
      || !mado_libcrypto_is_strong_key (X509_get0_pubkey (anchor)))
    return mado_reasons_add (reasons, "JPKI profile: a key weaker than RSA of 2,048 bits");
  return TRUE;
}

static gboolean
check_critical (X509 *x509, GString *reasons)
{
  static const int known[]
      = { NID_basic_constraints, NID_key_usage,       NID_ext_key_usage, NID_certificate_policies,
          NID_subject_alt_name,  NID_issuer_alt_name, NID_undef };
  g_autofree char *unknown = mado_extensions_unknown_critical (X509_get0_extensions (x509), known);

  if (unknown != NULL)
    return mado_reasons_add (reasons, "RFC 5280 §4.2: unknown critical extension %s", unknown);
  return TRUE;
}

static MadoAnswer
check_chain (MadoCert *cert, MadoCert *issuer, GString *reasons)
{
  X509    *child = mado_cert_x509 (cert);
  gboolean fits = check_critical (child, reasons);

  if (issuer == NULL)
    return MADO_ANSWER_NO;
  if (!mado_cert_equal (cert, issuer))
    fits &= check_critical (mado_cert_x509 (issuer), reasons);
  fits &= check_may_issue (mado_cert_x509 (issuer), reasons);
  fits &= check_strength (child, mado_cert_x509 (issuer), reasons);
  return fits ? MADO_ANSWER_YES : MADO_ANSWER_NO;
}

static gboolean
check_valid_at (MadoCert *cert, gint64 at, const char *whose, GString *reasons)
{
  if (at < mado_cert_not_before (cert))
    return mado_reasons_add (reasons, "RFC 5280 §4.1.2.5: %s is not yet valid", whose);
  if (at > mado_cert_not_after (cert))
    return mado_reasons_add (reasons, "RFC 5280 §4.1.2.5: %s has expired", whose);
  return TRUE;
}

static MadoAnswer
check_dates (MadoCert *cert, MadoCert *issuer, gint64 at, GString *reasons)
{
  gboolean fits = check_valid_at (cert, at, "the certificate", reasons);

  if (issuer != NULL)
    fits &= check_valid_at (issuer, at, "its issuer", reasons);
  return fits ? MADO_ANSWER_YES : MADO_ANSWER_NO;
}

void
mado_path_check (MadoCert       *cert,
                 GPtrArray      *anchors,
                 MadoCertProfile profile,
                 gint64          at,
                 MadoPathAnswer *ret_answer)
{
  g_autoptr (GString) reasons = g_string_new (NULL);
  MadoCert *issuer = find_issuer (cert, anchors, at, reasons);

  ret_answer->issuer = issuer != NULL ? mado_cert_ref (issuer) : NULL;
  ret_answer->chain = check_chain (cert, issuer, reasons);
  ret_answer->dates = check_dates (cert, issuer, at, reasons);
  ret_answer->usage = mado_profile_check (mado_cert_x509 (cert), profile, reasons) ? MADO_ANSWER_YES
                                                                                   : MADO_ANSWER_NO;
  ret_answer->reason = mado_reasons_text (reasons);
}

gboolean
mado_path_answer_is_yes (const MadoPathAnswer *answer)
{
  return answer->chain == MADO_ANSWER_YES && answer->dates == MADO_ANSWER_YES
         && answer->usage == MADO_ANSWER_YES;
}

void
mado_path_answer_clear (MadoPathAnswer *answer)
{
  g_clear_pointer (&answer->issuer, mado_cert_unref);
  g_clear_pointer (&answer->reason, g_free);
  answer->chain = answer->dates = answer->usage = MADO_ANSWER_NOT_CHECKED;
}
