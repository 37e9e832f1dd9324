/* certs/extensions.h - rules for all extensions of a certificate or list (RFC 5280 §4.2); for this
 * room. */
#pragma once
#include "certs/libcrypto.h"

/** Whether no extension is there twice (RFC 5280 §4.2); %NULL holds none. */
gboolean mado_extensions_are_unique (const STACK_OF (X509_EXTENSION) * extensions);

/**
 * mado_extensions_unknown_critical:
 * @known: the extensions the caller looks at, closed by %NID_undef
 *
 * Returns: (transfer full): the OID of the first critical one beyond @known, or %NULL
 */
char *mado_extensions_unknown_critical (const STACK_OF (X509_EXTENSION) * extensions,
                                        const int *known);

/** Whether @nid is there and critical. */
gboolean mado_extensions_is_critical (const STACK_OF (X509_EXTENSION) * extensions, int nid);

/** (transfer full): dotted decimal text. */
char *mado_extensions_oid (const ASN1_OBJECT *object);
