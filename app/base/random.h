/* app/base/random.h - randomness that matters, from the kernel. */
#pragma once
#include <glib.h>

/** Fills @octets from getrandom(2); there is no answer "no": without it the program ends. */
void mado_random (void *octets, gsize len);

/** A UUID version 4 (RFC 9562), lower case with hyphens: the id of a click. */
char *mado_uuid4 (void);

/** A UUID version 7 for @now_ms (Unix milliseconds): the id of an application. */
char *mado_uuid7 (gint64 now_ms);

/** Whether @text is a UUID of any version in lower case with hyphens. */
gboolean mado_uuid_is_valid (const char *text);

/** The 16 octets of a valid UUID, and back. */
void  mado_uuid_to_octets (const char *uuid, guint8 ret_octets[16]);
char *mado_uuid_from_octets (const guint8 octets[16]);
