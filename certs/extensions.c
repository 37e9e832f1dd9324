#include "certs/extensions.h"

char *
mado_extensions_oid (const ASN1_OBJECT *object)
{
  char text[128];

  OBJ_obj2txt (text, sizeof text, object, 1);
  return g_strdup (text);
}

gboolean
mado_extensions_are_unique (const STACK_OF (X509_EXTENSION) * extensions)
{
  for (int i = 0; i < sk_X509_EXTENSION_num (extensions); i++) {
    X509_EXTENSION *extension = sk_X509_EXTENSION_value (extensions, i);
    if (X509v3_get_ext_by_OBJ (extensions, X509_EXTENSION_get_object (extension), i) >= 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
holds (const int *known, int nid)
{
  for (; *known != NID_undef; known++)
    if (*known == nid)
      return TRUE;
  return FALSE;
}

char *
mado_extensions_unknown_critical (const STACK_OF (X509_EXTENSION) * extensions, const int *known)
{
  for (int i = 0; i < sk_X509_EXTENSION_num (extensions); i++) {
    X509_EXTENSION *extension = sk_X509_EXTENSION_value (extensions, i);
    ASN1_OBJECT    *object = X509_EXTENSION_get_object (extension);
    if (X509_EXTENSION_get_critical (extension) && !holds (known, OBJ_obj2nid (object)))
      return mado_extensions_oid (object);
  }
  return NULL;
}

gboolean
mado_extensions_is_critical (const STACK_OF (X509_EXTENSION) * extensions, int nid)
{
  int at = X509v3_get_ext_by_NID (extensions, nid, -1);

  return at >= 0 && X509_EXTENSION_get_critical (X509v3_get_ext (extensions, at));
}
