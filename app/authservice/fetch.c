#include "app/authservice/fetch.h"

#include "app/base/media.h"

#include <curl/curl.h>

#define CONNECT_MS 3000L
#define TOTAL_MS 10000L
#define ANSWER_MAX (64 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist CurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CurlList, curl_slist_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURLU, curl_url_cleanup)

gboolean
mado_ocsp_is_url (const char *url)
{
  g_autoptr (CURLU) parts = curl_url ();
  char *scheme = NULL;

  if (curl_url_set (parts, CURLUPART_URL, url, 0) != CURLUE_OK
      || curl_url_get (parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
    return FALSE;
  gboolean ok = g_str_equal (scheme, "http") || g_str_equal (scheme, "https");
  curl_free (scheme);
  return ok;
}

static CURL *
open_handle (const char *url)
{
  CURL *curl = curl_easy_init ();

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, TOTAL_MS);
  return curl;
}

static size_t
take_body (char *data, size_t size, size_t n, void *into)
{
  GByteArray *body = into;

  if (size * n > ANSWER_MAX - body->len)
    return 0; /* curl then ends with CURLE_WRITE_ERROR */
  g_byte_array_append (body, (const guint8 *)data, (guint)(size * n));
  return size * n;
}

static char *
reason_of (CURLcode result)
{
  switch (result) {
  case CURLE_OPERATION_TIMEDOUT:
    return g_strdup ("timeout");
  case CURLE_WRITE_ERROR:
    return g_strdup ("too-large");
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
    return g_strdup ("tls");
  default:
    return g_strdup ("unreachable");
  }
}

static char *
fault_of_answer (CURL *curl)
{
  static const char wanted[] = "application/ocsp-response";
  long              status = 0;
  const char       *type = NULL;

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (curl, CURLINFO_CONTENT_TYPE, &type);
  if (status != 200)
    return g_strdup_printf ("http-%ld", status);
  if (!mado_media_type_is (type, wanted))
    return g_strdup ("content-type");
  return NULL;
}

GBytes *
mado_ocsp_fetch (const char *url, GBytes *request, char **ret_reason)
{
  g_autoptr (CURL) curl = open_handle (url);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (CurlList) headers = curl_slist_append (NULL, "Content-Type: application/ocsp-request");
  gsize         len;
  gconstpointer data = g_bytes_get_data (request, &len);

  headers = curl_slist_append (headers, "Accept: application/ocsp-response");
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_POST, 1L);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDS, data);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  CURLcode result = curl_easy_perform (curl);
  *ret_reason = result == CURLE_OK ? fault_of_answer (curl) : reason_of (result);
  if (*ret_reason != NULL)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

gboolean
mado_ocsp_can_connect (const char *url)
{
  g_autoptr (CURL) curl = open_handle (url);

  curl_easy_setopt (curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, CONNECT_MS);
  return curl_easy_perform (curl) == CURLE_OK;
}
