/* certs/authority.h - the library's own small authority for its terminals and servers. */
#pragma once
#include "certs/cert.h"
#include "certs/key.h"
#include "certs/request.h"

typedef struct _MadoAuthority MadoAuthority;

typedef enum {
  MADO_ISSUE_CLIENT, /* a terminal: TLS client */
  MADO_ISSUE_SERVER, /* the central server: TLS server */
} MadoIssueUsage;

/**
 * mado_authority_new_self_signed:
 * @not_before: Unix seconds, as @not_after
 *
 * A root that may issue end entities only (pathLen 0), with a random serial.
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_CRYPTO
 */
MadoAuthority *mado_authority_new_self_signed (const char *common_name,
                                               MadoKey    *key,
                                               gint64      not_before,
                                               gint64      not_after,
                                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_authority_new:
 *
 * The authority whose root and key were kept.
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_UNTRUSTED when @root may not issue or is
 *   not @key's
 */
MadoAuthority *
mado_authority_new (MadoCert *root, MadoKey *key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_authority_free (MadoAuthority *authority);

/** (transfer none). */
MadoCert *mado_authority_root (MadoAuthority *authority);

typedef struct {
  const char        *common_name; /* the subject, whatever the request asked for */
  MadoIssueUsage     usage;
  const char *const *names;      /* (nullable) NULL-closed: DNS names and IP addresses */
  gint64             not_before; /* Unix seconds */
  gint64             not_after;  /* Unix seconds; cut to the root's own end */
} MadoIssue;

/**
 * mado_authority_issue:
 * @request: its key alone is used; names and extensions it asks for are not
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED for a name that is none, or
 *   _CRYPTO
 */
MadoCert *mado_authority_issue (MadoAuthority   *authority,
                                MadoRequest     *request,
                                const MadoIssue *issue,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_authority_check:
 * @root: an authority's root
 * @at: Unix seconds
 *
 * Whether @cert was issued by @root for @usage and is valid at that time. Revocation is the
 * caller's list.
 *
 * Returns: %FALSE with %MADO_CERTS_ERROR_UNTRUSTED, or _STALE when only the dates say no
 */
gboolean mado_authority_check (MadoCert      *root,
                               MadoCert      *cert,
                               MadoIssueUsage usage,
                               gint64         at,
                               GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoAuthority, mado_authority_free)
