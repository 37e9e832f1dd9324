/* app/cli/standing.h - whether a certificate was revoked, by the sources a command line names. */
#pragma once
#include "app/base/answer.h"
#include "app/cli/call.h"
#include "certs/cert.h"

/* The sources, read; a plain value. */
typedef struct {
  GPtrArray  *lists;    /* (element-type GBytes): of --crl */
  GBytes     *response; /* of --ocsp-response, or %NULL */
  const char *url;      /* of --ocsp-url, or %NULL */
} MadoSources;

/** Reads what is named; %FALSE with %MADO_FAILURE_FILE, or _USAGE for two answers at once. */
gboolean mado_sources_read (const MadoCliOptions *options,
                            MadoSources          *ret_sources,
                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void     mado_sources_clear (MadoSources *sources);

/* What they say together. */
typedef struct {
  gboolean       asked; /* one was named */
  MadoRevocation revocation;
  char          *reason;
} MadoStanding;

/**
 * mado_standing_ask:
 * @issuer: (nullable): of @cert; without one nobody can be asked
 * @at: the moment lists and answers in files are judged by, Unix seconds
 * @now: the moment a responder is asked
 *
 * Every source counts: revoked says one is enough; else unknown, else good; a list of another
 * issuer beside one that answers does no harm. Blocks (network) for at most ten seconds.
 */
void mado_standing_ask (const MadoSources *sources,
                        MadoCert          *cert,
                        MadoCert          *issuer,
                        gint64             at,
                        gint64             now,
                        MadoStanding      *ret_standing);
void mado_standing_clear (MadoStanding *standing);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoSources, mado_sources_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoStanding, mado_standing_clear)
