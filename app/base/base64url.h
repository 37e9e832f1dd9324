/* app/base/base64url.h - base64url without padding (RFC 4648 §5), as our headers and wire use it.
 */
#pragma once
#include <glib.h>

char *mado_base64url (const guint8 *octets, gsize len);

/** %NULL when @text is no canonical base64url: padding, other characters, stray bits. */
GBytes *mado_base64url_decode (const char *text);
