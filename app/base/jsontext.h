/* app/base/jsontext.h - whether octets are one JSON text that means the same to every reader. */
#pragma once
#include <glib.h>

/**
 * mado_jsontext_is_strict:
 *
 * What json-glib forgives and we do not: its parser keeps the last of two equal members, reads as
 * deep as the stack allows, cuts a string at \u0000, makes half a surrogate pair text that is not
 * UTF-8 and an integer beyond 64 bits another one. One pass over the text finds all of that before
 * it sees them.
 *
 * Returns: whether @text is one JSON text by RFC 8259 and the narrower rules of mado_json_parse()
 */
gboolean mado_jsontext_is_strict (const char *text, gsize len);
