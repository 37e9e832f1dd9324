/* certs/holder.h - the person in a signature certificate's alternative name; for this room. */
#pragma once
#include "certs/libcrypto.h"

/** As mado_cert_person() says. */
MadoPerson *mado_holder_read (X509 *x509, GError **error);
