#include "app/sync/est.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

GBytes *
mado_est_encode (GBytes *der)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (der, &len);
  char         *text = g_base64_encode (data, len);

  return g_bytes_new_take (text, strlen (text));
}

static gboolean
is_base64 (const char *text, gsize len)
{
  gsize padding = 0;

  for (gsize i = 0; i < len; i++) {
    if (text[i] == '=')
      padding++;
    else if (padding > 0 || strchr (alphabet, text[i]) == NULL)
      return FALSE;
  }
  return len > 0 && len % 4 == 0 && padding <= 2;
}

GBytes *
mado_est_decode (GBytes *text)
{
  gsize       len;
  const char *data = g_bytes_get_data (text, &len);
  g_autoptr (GString) packed = g_string_sized_new (len + 1);
  gsize decoded_len;

  for (gsize i = 0; i < len; i++) {
    if (data[i] == '\0')
      return NULL;
    if (!g_ascii_isspace (data[i]))
      g_string_append_c (packed, data[i]);
  }
  if (!is_base64 (packed->str, packed->len))
    return NULL;
  guint8 *decoded = g_base64_decode (packed->str, &decoded_len);
  return g_bytes_new_take (decoded, decoded_len);
}

/* Octet @i of "terminal:password"; -1 behind its end. */
static int
octet_at (const char *terminal, const MadoSecret *password, gsize i)
{
  gsize terminal_len = strlen (terminal);

  if (i < terminal_len)
    return (guint8)terminal[i];
  if (i == terminal_len)
    return ':';
  i -= terminal_len + 1;
  return i < mado_secret_len (password) ? mado_secret_data (password)[i] : -1;
}

static gboolean
push_group (MadoSecret *header, int a, int b, int c)
{
  guint32 bits = (guint32)a << 16 | (guint32)(b < 0 ? 0 : b) << 8 | (guint32)(c < 0 ? 0 : c);

  return mado_secret_push (header, (guint8)alphabet[bits >> 18])
         && mado_secret_push (header, (guint8)alphabet[bits >> 12 & 63])
         && mado_secret_push (header, b < 0 ? '=' : (guint8)alphabet[bits >> 6 & 63])
         && mado_secret_push (header, c < 0 ? '=' : (guint8)alphabet[bits & 63]);
}

gboolean
mado_est_basic_header (const char *terminal, const MadoSecret *password, MadoSecret *header)
{
  mado_secret_wipe (header);
  for (const char *at = "Authorization: Basic "; *at != '\0'; at++)
    if (!mado_secret_push (header, (guint8)*at))
      return FALSE;
  for (gsize i = 0; octet_at (terminal, password, i) >= 0; i += 3)
    if (!push_group (header, octet_at (terminal, password, i), octet_at (terminal, password, i + 1),
                     octet_at (terminal, password, i + 2)))
      return FALSE;
  return mado_secret_push (header, '\0');
}

static gboolean
split_basic (const guint8 *octets, gsize len, char **ret_terminal, MadoSecret *ret_password)
{
  const guint8 *colon = memchr (octets, ':', len);

  if (colon == NULL || memchr (octets, '\0', len) != NULL)
    return FALSE;
  mado_secret_wipe (ret_password);
  for (const guint8 *at = colon + 1; at < octets + len; at++)
    if (!mado_secret_push (ret_password, *at))
      return FALSE;
  *ret_terminal = g_strndup ((const char *)octets, (gsize)(colon - octets));
  return TRUE;
}

gboolean
mado_est_read_basic (const char *value, char **ret_terminal, MadoSecret *ret_password)
{
  gsize len;

  if (g_ascii_strncasecmp (value, "Basic ", 6) != 0 || !is_base64 (value + 6, strlen (value + 6)))
    return FALSE;
  g_autofree guint8 *octets = g_base64_decode (value + 6, &len);
  gboolean           ok = split_basic (octets, len, ret_terminal, ret_password);
  explicit_bzero (octets, len);
  return ok;
}
