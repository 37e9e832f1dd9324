#include "certs/attributes.h"

#include <string.h>

static GBytes *
attribute_der (X509_ATTRIBUTE *attribute)
{
  unsigned char *data = NULL;
  int            len = i2d_X509_ATTRIBUTE (attribute, &data);
  GBytes        *der = g_bytes_new (data, len > 0 ? (gsize)len : 0);

  OPENSSL_free (data);
  return der;
}

static int
compare_der (gconstpointer a, gconstpointer b)
{
  return g_bytes_compare (*(GBytes *const *)a, *(GBytes *const *)b);
}

static GBytes *
wrap_set (GByteArray *content)
{
  int            len = ASN1_object_size (1, (int)content->len, V_ASN1_SET);
  unsigned char *octets = g_malloc ((gsize)len);
  unsigned char *end = octets;

  ASN1_put_object (&end, 1, (int)content->len, V_ASN1_SET, V_ASN1_UNIVERSAL);
  memcpy (end, content->data, content->len);
  return g_bytes_new_take (octets, (gsize)len);
}

/* X.690 §11.6: the elements of a SET OF stand in the order of their encodings. */
GBytes *
mado_attributes_der (CMS_SignerInfo *signer)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GByteArray) content = g_byte_array_new ();

  for (int i = 0; i < CMS_signed_get_attr_count (signer); i++)
    g_ptr_array_add (elements, attribute_der (CMS_signed_get_attr (signer, i)));
  g_ptr_array_sort (elements, compare_der);
  for (guint i = 0; i < elements->len; i++) {
    gsize         len = 0;
    const guint8 *data = g_bytes_get_data (g_ptr_array_index (elements, i), &len);
    g_byte_array_append (content, data, (guint)len);
  }
  return wrap_set (content);
}

static gboolean
check_once (CMS_SignerInfo *signer, int at, GError **error)
{
  X509_ATTRIBUTE *attribute = CMS_signed_get_attr (signer, at);
  ASN1_OBJECT    *object = X509_ATTRIBUTE_get0_object (attribute);
  const char     *name = OBJ_nid2ln (OBJ_obj2nid (object));

  if (CMS_signed_get_attr_by_OBJ (signer, object, at) >= 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5652 §5.3: signed attribute %s appears twice", name);
  if (X509_ATTRIBUTE_count (attribute) != 1)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5652 §11: signed attribute %s has not exactly one value", name);
  return TRUE;
}

gboolean
mado_attributes_check (CMS_SignerInfo *signer, GError **error)
{
  static const int required[]
      = { NID_pkcs9_contentType, NID_pkcs9_messageDigest, NID_id_smime_aa_signingCertificateV2 };

  for (int i = 0; i < CMS_signed_get_attr_count (signer); i++)
    if (!check_once (signer, i, error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (CMS_signed_get_attr_by_NID (signer, required[i], -1) < 0)
      return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                               "ETSI EN 319 122-1 §6.3: signed attribute %s is missing",
                               OBJ_nid2ln (required[i]));
  return TRUE;
}

void *
mado_attributes_value (CMS_SignerInfo *signer, int nid, int type)
{
  int at = CMS_signed_get_attr_by_NID (signer, nid, -1);

  if (at < 0)
    return NULL;
  return X509_ATTRIBUTE_get0_data (CMS_signed_get_attr (signer, at), 0, type, NULL);
}
