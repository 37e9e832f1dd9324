/* app/base/media.h - the media type of an HTTP message, its parameters apart. */
#pragma once
#include <glib.h>

/**
 * mado_media_type_is:
 * @content_type: (nullable): value of the header Content-Type (RFC 9110 §8.3)
 * @wanted: "application/json"
 *
 * Whether they name the same type; case and parameters ("; charset=utf-8") do not count.
 */
gboolean mado_media_type_is (const char *content_type, const char *wanted);
