/* app/sync/http.h - one HTTPS exchange with the centre: TLS 1.3, one pinned authority. */
#pragma once
#include "app/base/secret.h"
#include "app/sync/identity.h"

typedef struct _MadoHttp MadoHttp;

/**
 * mado_http_new:
 * @url: "https://HOST[:PORT]" without a path
 * @server_ca: PEM file; no other authority counts, least of all the system's
 * @identity: (nullable): the client certificate shown
 *
 * Opens nothing.
 *
 * Returns: (transfer full): or %NULL with %MADO_SYNC_ERROR_PROTOCOL for any other kind of URL
 */
MadoHttp *mado_http_new (const char         *url,
                         const char         *server_ca,
                         const MadoIdentity *identity,
                         GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void      mado_http_free (MadoHttp *http);

/* What is sent. */
typedef struct {
  const char *path;         /* "/v1/sync" */
  const char *content_type; /* %NULL with no body */
  GBytes     *body;         /* %NULL: GET, else POST */
  gboolean    deflated;     /* the body is; says so */
  MadoSecret *header;       /* %NULL, or a whole header line closed by a NUL, in locked memory */
} MadoHttpRequest;

/* What came back. */
typedef struct {
  guint   status;
  char   *content_type; /* %NULL: none */
  gint64  retry_after;  /* seconds; 0: none */
  GBytes *body;         /* plain, at most 8 MiB */
} MadoHttpAnswer;

void mado_http_answer_clear (MadoHttpAnswer *answer);

/**
 * mado_http_send:
 *
 * Connects within 5 s and has its answer within 60 s, or gives up. No redirect is followed, no
 * proxy of the environment is used. Blocks.
 *
 * Returns: %FALSE with %MADO_SYNC_ERROR_UNREACHABLE, _TIMEOUT, _TLS or _PROTOCOL; every status is
 *   an answer
 */
gboolean mado_http_send (MadoHttp              *http,
                         const MadoHttpRequest *request,
                         MadoHttpAnswer        *ret_answer,
                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_http_expect:
 *
 * Whether @answer is a 200 of type @content_type (parameters apart); else raises what the status
 * means: 401 and 403 %MADO_SYNC_ERROR_REFUSED, 429 and 5xx _BUSY, all others _PROTOCOL.
 */
gboolean mado_http_expect (const MadoHttpAnswer *answer, const char *content_type, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoHttp, mado_http_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoHttpAnswer, mado_http_answer_clear)
