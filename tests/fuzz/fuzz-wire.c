/* Whatever the other side sends: it is read or refused, and what was read is written the same. */
#include "app/sync/answer.h"
#include "app/sync/boxkey.h"
#include "app/sync/deflate.h"
#include "app/sync/est.h"
#include "app/sync/request.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define INFLATED_MAX (256 * 1024)

static void
try_request (GBytes *text)
{
  g_autoptr (MadoSyncRequest) request = mado_sync_request_read (text, NULL);

  if (request == NULL)
    return;
  g_autoptr (GBytes) once = mado_sync_request_write (request);
  g_autoptr (MadoSyncRequest) back = mado_sync_request_read (once, NULL);
  g_assert_nonnull (back);
  g_autoptr (GBytes) twice = mado_sync_request_write (back);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
try_answer (GBytes *text)
{
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_read (text, NULL);

  if (answer == NULL)
    return;
  g_autoptr (GBytes) once = mado_sync_answer_write (answer);
  g_autoptr (MadoSyncAnswer) back = mado_sync_answer_read (once, NULL);
  g_assert_nonnull (back);
  g_autoptr (GBytes) twice = mado_sync_answer_write (back);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
try_deflated (GBytes *packed)
{
  g_autoptr (GBytes) text = mado_inflate (packed, INFLATED_MAX, NULL);

  if (text == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (text), <=, INFLATED_MAX);
  try_request (text);
}

static void
try_small (GBytes *text)
{
  MadoSyncConflict conflict;
  g_auto (MadoBoxKey) key = { 0 };

  if (mado_sync_conflict_read (text, &conflict, NULL))
    g_assert_true (conflict.epoch > 0 || conflict.g > 0);
  if (mado_box_key_read (text, &key, NULL))
    g_assert_cmpuint (g_bytes_get_size (key.public_key), ==, 32);
}

static void
try_est (GBytes *text)
{
  gsize            len;
  const char      *octets = g_bytes_get_data (text, &len);
  g_autofree char *value = g_strndup (len > 0 ? octets : "", len);
  g_autofree char *terminal = NULL;
  g_autoptr (MadoSecret) password = mado_secret_new (NULL);
  g_autoptr (GBytes) der = mado_est_decode (text);

  if (der != NULL) {
    g_autoptr (GBytes) encoded = mado_est_encode (der);
    g_autoptr (GBytes) back = mado_est_decode (encoded);
    g_assert_true (g_bytes_equal (der, back));
  }
  if (password != NULL && mado_est_read_basic (value, &terminal, password))
    g_assert_null (strchr (terminal, ':'));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static void (*const tries[]) (GBytes *)
      = { try_request, try_answer, try_deflated, try_small, try_est };

  if (size == 0)
    return 0;
  g_autoptr (GBytes) text = g_bytes_new (data + 1, size - 1);
  tries[(data[0] - '0') % G_N_ELEMENTS (tries)](text);
  return 0;
}
