/* app/sync/line.h - one given line and one changed line as members of the exchange. */
#pragma once
#include "app/store/line.h"
#include <json-glib/json-glib.h>

/** {"application","n","head","box":[key,epk,boxed],"events":[{"actor","time","type","b"}]}. */
JsonObject *mado_given_line_to_json (const MadoGivenLine *line);

/**
 * mado_given_line_from_json:
 *
 * Returns: (transfer full): %NULL with %MADO_SYNC_ERROR_PROTOCOL when not even application, place
 *   and head can be read; a line whose rest is wrong comes back without events, its text in
 *   `unreadable`
 */
MadoGivenLine *mado_given_line_from_json (JsonObject *object, GError **error);

/** {"application","seq","head","state"}. */
JsonObject *mado_line_change_to_json (const MadoLineChange *change);

/** A member "view" is let through. Returns: (transfer full): or %NULL with error */
MadoLineChange *mado_line_change_from_json (JsonObject *object, GError **error);

/** [at, "digest"], or [0, ""] for @at 0. */
JsonArray *mado_anchor_to_json (gint64 at, const guint8 *digest);
gboolean   mado_anchor_from_json (JsonArray *array, gint64 *ret_at, guint8 *ret_digest, GError **);
