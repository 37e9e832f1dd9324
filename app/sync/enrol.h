/* app/sync/enrol.h - how a terminal becomes known to the centre: EST (RFC 7030) simpleenroll. */
#pragma once
#include "app/base/clock.h"
#include "app/base/secret.h"
#include "app/sync/boxkey.h"

typedef struct {
  const char *url;       /* "https://127.0.0.1:8443" */
  const char *server_ca; /* PEM file with the authority of the server's certificate */
  const char *terminal;  /* id as the centre knows it */
  const char *state_dir; /* where terminal.key, terminal.crt and server-ca.pem are written */
  MadoClock  *clock;
} MadoEnrolOptions;

/**
 * mado_enrol:
 * @password: the one-time password; stays the caller's
 * @ret_box_key: the centre's box key, for the store
 *
 * Makes a P-256 key, asks for a certificate over TLS 1.3 with HTTP Basic (RFC 7030 §3.2.3, §4.2),
 * checks that it is for this key and this terminal, writes the three files (the key 0600, each
 * by rename), then proves itself: the box key is fetched with the new certificate. The password
 * goes to libcurl from a locked page; its copy in libcurl's send buffer and the one inside the
 * TLS library are theirs and freed unwiped. Blocks: sync worker only.
 *
 * Returns: %FALSE with a %MADO_SYNC_ERROR; the files of an earlier enrolment are untouched until
 *   the new certificate is here
 */
gboolean mado_enrol (const MadoEnrolOptions *options,
                     MadoSecret             *password,
                     MadoBoxKey             *ret_box_key,
                     GError                **error) G_GNUC_WARN_UNUSED_RESULT;
