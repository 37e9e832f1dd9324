#include "app/store/seal.h"

#include "app/base/json.h"
#include "app/base/random.h"
#include "app/store/cipher.h"
#include "app/store/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>
#include <zlib.h>

#define VERSION 0x01
#define NONCE_LEN 12
#define OVERHEAD (1 + NONCE_LEN + MADO_TAG_LEN)
#define WRAP_LABEL "madoguchi/wrap/1\n"

#define WORTH_DEFLATING 64 /* octets */

/* 8 KiB of window are longer than nearly every body; zlib clears all it gets before it begins. */
#define WINDOW_BITS 13
#define MEMORY_LEVEL 6

enum { PLAIN = 0x00, DEFLATED = 0x01 };

static GBytes *
seal (const guint8 key[MADO_KEY_LEN], const char *bound_to, const guint8 *plain, gsize len)
{
  guint8 *sealed = g_malloc (len + OVERHEAD);

  sealed[0] = VERSION;
  mado_random (sealed + 1, NONCE_LEN);
  mado_cipher_seal (key, sealed + 1, bound_to, plain, len, sealed + 1 + NONCE_LEN);
  return g_bytes_new_take (sealed, len + OVERHEAD);
}

/* The plain octets, which the caller wipes; NULL when these are not what was sealed. */
static guint8 *
unseal (const guint8 key[MADO_KEY_LEN], const char *bound_to, GBytes *sealed, gsize *ret_len)
{
  gsize         len;
  const guint8 *octets = g_bytes_get_data (sealed, &len);

  if (len < OVERHEAD || octets[0] != VERSION)
    return NULL;
  g_autofree guint8 *plain = g_malloc (len);
  if (!mado_cipher_unseal (key, octets + 1, bound_to, octets + 1 + NONCE_LEN, len - 1 - NONCE_LEN,
                           plain))
    return NULL;
  *ret_len = len - OVERHEAD;
  return g_steal_pointer (&plain);
}

/* Raw deflate (RFC 1951) behind its mark; FALSE when that would not be shorter. */
static gboolean
squeeze (const char *text, gsize len, guint8 *ret_packed, gsize *ret_len)
{
  z_stream stream = { .next_in = (Bytef *)text,
                      .avail_in = (uInt)len,
                      .next_out = ret_packed + 1,
                      .avail_out = (uInt)len };

  if (len < WORTH_DEFLATING
      || deflateInit2 (&stream, Z_BEST_SPEED, Z_DEFLATED, -WINDOW_BITS, MEMORY_LEVEL,
                       Z_DEFAULT_STRATEGY)
             != Z_OK)
    return FALSE;
  gboolean shorter = deflate (&stream, Z_FINISH) == Z_STREAM_END && stream.total_out < len;
  *ret_len = 1 + stream.total_out;
  deflateEnd (&stream);
  ret_packed[0] = DEFLATED;
  return shorter;
}

static gboolean
unsqueeze (const guint8 *packed, gsize len, char *ret_text, gsize *ret_len)
{
  z_stream stream = { .next_in = (Bytef *)packed,
                      .avail_in = (uInt)len,
                      .next_out = (Bytef *)ret_text,
                      .avail_out = MADO_BODY_MAX };

  if (inflateInit2 (&stream, -15) != Z_OK)
    return FALSE;
  gboolean whole = inflate (&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
  *ret_len = stream.total_out;
  inflateEnd (&stream);
  return whole;
}

void
mado_sealed_digest (GBytes *sealed, guint8 ret_digest[32])
{
  gsize         len = 0;
  gconstpointer octets = g_bytes_get_data (sealed, &len);

  if (EVP_Digest (octets, len, ret_digest, NULL, mado_cipher_sha256 (), NULL) != 1)
    g_error ("SHA-256 failed");
}

static char *
event_binding (const char *application, gint64 seq, const char *type)
{
  return g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%s", application, seq, type);
}

static char *
canonical_body (JsonObject *body, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = mado_json_canonical (node, &cause);

  if (text == NULL)
    mado_store_raise (error, MADO_STORE_ERROR_REFUSED, "a body without a canonical form: %s",
                      cause->message);
  else if (strlen (text) > MADO_BODY_MAX)
    mado_store_raise (error, MADO_STORE_ERROR_REFUSED, "a body of %zu octets, at most %d fit",
                      strlen (text), MADO_BODY_MAX);
  else
    return g_steal_pointer (&text);
  return NULL;
}

GBytes *
mado_seal_body (const guint8 key[MADO_KEY_LEN],
                const char  *application,
                gint64       seq,
                const char  *type,
                JsonObject  *body,
                GError     **error)
{
  g_autofree char *text = canonical_body (body, error);

  if (text == NULL)
    return NULL;
  g_autofree char   *binding = event_binding (application, seq, type);
  gsize              text_len = strlen (text);
  gsize              len = 1 + text_len;
  g_autofree guint8 *plain = g_malloc (1 + text_len);
  if (!squeeze (text, text_len, plain, &len)) {
    plain[0] = PLAIN;
    memcpy (plain + 1, text, text_len);
    len = 1 + text_len;
  }
  GBytes *sealed = seal (key, binding, plain, len);
  OPENSSL_cleanse (plain, 1 + text_len);
  OPENSSL_cleanse (text, text_len);
  return sealed;
}

static JsonObject *
parse_plain (const guint8 *plain, gsize len)
{
  if (len > 0 && plain[0] == PLAIN)
    return mado_json_parse_object ((const char *)plain + 1, len - 1, NULL);
  if (len == 0 || plain[0] != DEFLATED)
    return NULL;

  g_autofree char *text = g_malloc (MADO_BODY_MAX);
  gsize            text_len = 0;
  JsonObject      *body = NULL;
  if (unsqueeze (plain + 1, len - 1, text, &text_len))
    body = mado_json_parse_object (text, text_len, NULL);
  OPENSSL_cleanse (text, text_len);
  return body;
}

JsonObject *
mado_unseal_body (const guint8 key[MADO_KEY_LEN],
                  const char  *application,
                  gint64       seq,
                  const char  *type,
                  GBytes      *sealed,
                  GError     **error)
{
  g_autofree char   *binding = event_binding (application, seq, type);
  gsize              len = 0;
  g_autofree guint8 *plain = unseal (key, binding, sealed, &len);
  JsonObject        *body = plain != NULL ? parse_plain (plain, len) : NULL;

  if (plain != NULL)
    OPENSSL_cleanse (plain, len);
  if (body == NULL)
    mado_store_raise (error, MADO_STORE_ERROR_KEY,
                      "the body of event %" G_GINT64_FORMAT " of %s does not open", seq,
                      application);
  return body;
}

GBytes *
mado_wrap_key (GBytes *kek, const char *name, const guint8 key[MADO_KEY_LEN])
{
  g_autofree char *binding = g_strconcat (WRAP_LABEL, name, NULL);

  return seal (g_bytes_get_data (kek, NULL), binding, key, MADO_KEY_LEN);
}

gboolean
mado_unwrap_key (
    GBytes *kek, const char *name, GBytes *wrapped, guint8 ret_key[MADO_KEY_LEN], GError **error)
{
  g_autofree char   *binding = g_strconcat (WRAP_LABEL, name, NULL);
  gsize              len = 0;
  g_autofree guint8 *key = unseal (g_bytes_get_data (kek, NULL), binding, wrapped, &len);
  gboolean           good = key != NULL && len == MADO_KEY_LEN;

  if (good)
    memcpy (ret_key, key, MADO_KEY_LEN);
  if (key != NULL)
    OPENSSL_cleanse (key, len);
  return good
         || mado_store_raise (error, MADO_STORE_ERROR_KEY, "the key of %s was wrapped by another",
                              name);
}
