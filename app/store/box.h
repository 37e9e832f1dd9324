/* app/store/box.h - an application's key in a box only the centre can open.
 *
 * X25519 (RFC 7748) with a fresh pair per application, HKDF-SHA-256 (RFC 5869, no salt, info
 * `madoguchi/box/1` and the application), AES-256-GCM with a zero nonce: that key seals once.
 */
#pragma once
#include "app/store/seal.h"

#define MADO_BOX_KEY_LEN 32 /* an X25519 key, public or private */
#define MADO_BOXED_LEN (MADO_KEY_LEN + 16)

void mado_box_keypair_new (guint8 ret_public[MADO_BOX_KEY_LEN],
                           guint8 ret_private[MADO_BOX_KEY_LEN]);

/* Half a box, which may be made ahead: a fresh pair and the secret it shares with the centre. */
typedef struct {
  gboolean is_ready;
  guint8   centre[MADO_BOX_KEY_LEN]; /* whose */
  guint8   epk[MADO_BOX_KEY_LEN];    /* the fresh pair's public half; the private one is gone */
  guint8   shared[32];
} MadoBoxStart;

/**
 * mado_box_start:
 * @centre: the centre's public key
 * @start: zeros, or an earlier one: nothing is to do when it is ready for this @centre
 *
 * Two scalar multiplications: most of what a box costs.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_KEY when @centre is a point nobody has a key to
 */
gboolean mado_box_start (const guint8  centre[MADO_BOX_KEY_LEN],
                         MadoBoxStart *start,
                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_box_finish:
 * @start: ready; serves once and is cleared
 * @ret_epk: (out) (transfer full): the fresh pair's public key
 * @ret_boxed: (out) (transfer full): %MADO_BOXED_LEN octets
 */
void mado_box_finish (MadoBoxStart *start,
                      const char   *application,
                      const guint8  key[MADO_KEY_LEN],
                      GBytes      **ret_epk,
                      GBytes      **ret_boxed);

void mado_box_start_clear (MadoBoxStart *start);

/** %FALSE with %MADO_STORE_ERROR_KEY when @boxed is not @application's key for this pair. */
gboolean mado_unbox_key (const guint8 private_key[MADO_BOX_KEY_LEN],
                         const char  *application,
                         GBytes      *epk,
                         GBytes      *boxed,
                         guint8       ret_key[MADO_KEY_LEN],
                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
