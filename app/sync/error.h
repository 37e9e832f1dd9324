/* app/sync/error.h - what can keep terminal and centre from understanding each other. */
#pragma once
#include <glib.h>

#define MADO_SYNC_ERROR (mado_sync_error_quark ())
GQuark mado_sync_error_quark (void);

typedef enum {
  MADO_SYNC_ERROR_UNREACHABLE,  /* no connection: name, network or nobody listens */
  MADO_SYNC_ERROR_TIMEOUT,      /* a connection, but no answer in time */
  MADO_SYNC_ERROR_TLS,          /* not the server we were told, or no TLS 1.3 */
  MADO_SYNC_ERROR_REFUSED,      /* 401 or 403: password wrong or used, certificate revoked */
  MADO_SYNC_ERROR_PROTOCOL,     /* an answer, but none of ours */
  MADO_SYNC_ERROR_BUSY,         /* 429, 500 or 503: later */
  MADO_SYNC_ERROR_NOT_ENROLLED, /* no key or certificate in the state directory */
  MADO_SYNC_ERROR_FILE,         /* [server] ca: a file that cannot be read */
  MADO_SYNC_ERROR_IO,           /* a file of the state directory cannot be written */
} MadoSyncError;

/** The one place that sets an error of this room; returns %FALSE. */
gboolean mado_sync_raise (GError **error, MadoSyncError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
