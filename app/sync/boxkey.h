/* app/sync/boxkey.h - the centre's public key for boxes: GET /v1/box-key. */
#pragma once
#include "app/sync/http.h"

/* {"id":"k1","public":"…"}: X25519 (RFC 7748), 32 octets. */
typedef struct {
  char   *id;
  GBytes *public_key;
} MadoBoxKey;

void mado_box_key_clear (MadoBoxKey *key);

GBytes *mado_box_key_write (const MadoBoxKey *key);

/** %FALSE with %MADO_SYNC_ERROR_PROTOCOL. */
gboolean
mado_box_key_read (GBytes *text, MadoBoxKey *ret_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_box_key_fetch:
 * @http: with the terminal's certificate
 *
 * Blocks. Returns: %FALSE with a %MADO_SYNC_ERROR
 */
gboolean
mado_box_key_fetch (MadoHttp *http, MadoBoxKey *ret_key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoBoxKey, mado_box_key_clear)
