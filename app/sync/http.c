#include "app/sync/http.h"

#include "app/base/media.h"
#include "app/sync/deflate.h"
#include "app/sync/error.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_MS 5000L
#define TOTAL_MS 60000L
#define ANSWER_MAX (8 * 1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist CurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CurlList, curl_slist_free_all)

struct _MadoHttp {
  char *url, *server_ca;
  char *certificate, *key; /* %NULL: no client certificate */
};

MadoHttp *
mado_http_new (const char *url, const char *server_ca, const MadoIdentity *identity, GError **error)
{
  if (!g_str_has_prefix (url, "https://") || strpbrk (url, "?#@ ") != NULL
      || strlen (url) == strlen ("https://")) {
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL,
                     "the server's URL must be https://HOST[:PORT]");
    return NULL;
  }
  MadoHttp *http = g_new0 (MadoHttp, 1);
  gsize     len = strlen (url);
  http->url = g_strndup (url, url[len - 1] == '/' ? len - 1 : len);
  http->server_ca = g_strdup (server_ca);
  http->certificate = identity != NULL ? g_strdup (identity->certificate) : NULL;
  http->key = identity != NULL ? g_strdup (identity->key) : NULL;
  return http;
}

void
mado_http_free (MadoHttp *http)
{
  if (http == NULL)
    return;
  g_free (http->url);
  g_free (http->server_ca);
  g_free (http->certificate);
  g_free (http->key);
  g_free (http);
}

void
mado_http_answer_clear (MadoHttpAnswer *answer)
{
  g_clear_pointer (&answer->content_type, g_free);
  g_clear_pointer (&answer->body, g_bytes_unref);
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

/* curl keeps TLS state it has loaded per handle; each exchange takes a fresh one. */
static CURL *
open_handle (const MadoHttp *http, const MadoHttpRequest *request)
{
  CURL            *curl = curl_easy_init ();
  g_autofree char *url = g_strconcat (http->url, request->path, NULL);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, TOTAL_MS);
  curl_easy_setopt (curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  return curl;
}

static void
set_tls (CURL *curl, const MadoHttp *http)
{
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_CAINFO, http->server_ca);
  curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
  if (http->certificate == NULL)
    return;
  curl_easy_setopt (curl, CURLOPT_SSLCERTTYPE, "PEM");
  curl_easy_setopt (curl, CURLOPT_SSLCERT, http->certificate);
  curl_easy_setopt (curl, CURLOPT_SSLKEY, http->key);
}

static CurlList *
make_headers (const MadoHttpRequest *request)
{
  CurlList *headers = curl_slist_append (NULL, "Accept-Encoding: deflate");

  headers = curl_slist_append (headers, "Expect:");
  if (request->content_type != NULL) {
    g_autofree char *type = g_strconcat ("Content-Type: ", request->content_type, NULL);
    headers = curl_slist_append (headers, type);
  }
  if (request->deflated)
    headers = curl_slist_append (headers, "Content-Encoding: deflate");
  return headers;
}

static void
set_body (CURL *curl, GBytes *body)
{
  gsize         len;
  gconstpointer data;

  if (body == NULL)
    return;
  data = g_bytes_get_data (body, &len);
  curl_easy_setopt (curl, CURLOPT_POST, 1L);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
  curl_easy_setopt (curl, CURLOPT_POSTFIELDS, len > 0 ? data : "");
}

static gboolean
raise_curl (GError **error, CURLcode result)
{
  MadoSyncError code = MADO_SYNC_ERROR_PROTOCOL;

  switch (result) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_CONNECT:
  case CURLE_SEND_ERROR:
  case CURLE_RECV_ERROR:
  case CURLE_GOT_NOTHING:
  case CURLE_PARTIAL_FILE:
    code = MADO_SYNC_ERROR_UNREACHABLE;
    break;
  case CURLE_OPERATION_TIMEDOUT:
    code = MADO_SYNC_ERROR_TIMEOUT;
    break;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_ISSUER_ERROR:
    code = MADO_SYNC_ERROR_TLS;
    break;
  case CURLE_SSL_CACERT_BADFILE:
    code = MADO_SYNC_ERROR_FILE;
    break;
  default:
    break;
  }
  return mado_sync_raise (error, code, "no answer from the server: %s",
                          curl_easy_strerror (result));
}

/* Only what we asked for: no coding, or deflate. */
static gboolean
decode_body (GByteArray *raw, const char *encoding, GBytes **ret_body, GError **error)
{
  g_autoptr (GBytes) packed = g_bytes_new (raw->data, raw->len);

  if (encoding == NULL) {
    *ret_body = g_steal_pointer (&packed);
    return TRUE;
  }
  if (g_ascii_strcasecmp (encoding, "deflate") != 0)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL,
                            "the answer has a content coding nobody asked for");
  *ret_body = mado_inflate (packed, ANSWER_MAX, error);
  return *ret_body != NULL;
}

static const char *
header_of (CURL *curl, const char *name)
{
  struct curl_header *header = NULL;

  if (curl_easy_header (curl, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
    return NULL;
  return header->value;
}

static gboolean
read_answer (CURL *curl, GByteArray *raw, MadoHttpAnswer *ret_answer, GError **error)
{
  long        status = 0;
  const char *type = NULL;
  curl_off_t  retry_after = 0;
  GBytes     *body = NULL;

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (curl, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo (curl, CURLINFO_RETRY_AFTER, &retry_after);
  if (!decode_body (raw, header_of (curl, "Content-Encoding"), &body, error))
    return FALSE;
  *ret_answer = (MadoHttpAnswer){
    .status = (guint)status,
    .content_type = g_strdup (type),
    .retry_after = CLAMP (retry_after, 0, 24 * 3600),
    .body = body,
  };
  return TRUE;
}

gboolean
mado_http_send (MadoHttp              *http,
                const MadoHttpRequest *request,
                MadoHttpAnswer        *ret_answer,
                GError               **error)
{
  g_autoptr (CURL) curl = open_handle (http, request);
  g_autoptr (CurlList) headers = make_headers (request);
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  /* A list cell of our own: libcurl reads the line where it is and copies it only to send it. */
  CurlList secret = { .next = headers };

  if (request->header != NULL)
    secret.data = (char *)mado_secret_data (request->header);
  set_tls (curl, http);
  set_body (curl, request->body);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, request->header != NULL ? &secret : headers);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, raw);
  CURLcode result = curl_easy_perform (curl);
  if (result != CURLE_OK)
    return raise_curl (error, result);
  return read_answer (curl, raw, ret_answer, error);
}

gboolean
mado_http_expect (const MadoHttpAnswer *answer, const char *content_type, GError **error)
{
  MadoSyncError code = MADO_SYNC_ERROR_PROTOCOL;

  if (answer->status == 200 && mado_media_type_is (answer->content_type, content_type))
    return TRUE;
  if (answer->status == 401 || answer->status == 403)
    code = MADO_SYNC_ERROR_REFUSED;
  else if (answer->status == 429 || answer->status >= 500)
    code = MADO_SYNC_ERROR_BUSY;
  return mado_sync_raise (error, code, "the server answered %u, expected 200 and %s",
                          answer->status, content_type);
}
