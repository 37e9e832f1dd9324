/* app/store/seal.h - bodies sealed under a key per application, and that key wrapped for this
 * machine.
 *
 * Both are AES-256-GCM (NIST SP 800-38D) in one form: `01`, a nonce of 12 octets from getrandom,
 * the ciphertext, a tag of 16 octets.
 */
#pragma once
#include <json-glib/json-glib.h>

#define MADO_KEY_LEN 32

/* Octets a body may have in its canonical form. */
#define MADO_BODY_MAX (64 * 1024)

/* Octets a sealed body of %MADO_BODY_MAX has at most. */
#define MADO_SEALED_MAX (MADO_BODY_MAX + 1 + 12 + 1 + 16)

/**
 * mado_seal_body:
 *
 * @body in canonical form, deflated where that is shorter, sealed so that it opens only as the
 * event @seq of this @type in this @application.
 *
 * Returns: (transfer full): the sealed octets, or %NULL with %MADO_STORE_ERROR_REFUSED when @body
 *   has no canonical form or is longer than %MADO_BODY_MAX
 */
GBytes *mado_seal_body (const guint8 key[MADO_KEY_LEN],
                        const char  *application,
                        gint64       seq,
                        const char  *type,
                        JsonObject  *body,
                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** SHA-256 of sealed octets, as a header has it: by OpenSSL, which knows the processor. */
void mado_sealed_digest (GBytes *sealed, guint8 ret_digest[32]);

/** The body again; %NULL with %MADO_STORE_ERROR_KEY when these octets are not what was sealed. */
JsonObject *mado_unseal_body (const guint8 key[MADO_KEY_LEN],
                              const char  *application,
                              gint64       seq,
                              const char  *type,
                              GBytes      *sealed,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_wrap_key:
 * @kek: the machine's key, 32 octets
 * @name: what the key is for: an application, or another name of its own
 */
GBytes *mado_wrap_key (GBytes *kek, const char *name, const guint8 key[MADO_KEY_LEN]);

/** %FALSE with %MADO_STORE_ERROR_KEY when @wrapped is not @name's key under @kek. */
gboolean mado_unwrap_key (GBytes     *kek,
                          const char *name,
                          GBytes     *wrapped,
                          guint8      ret_key[MADO_KEY_LEN],
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;
