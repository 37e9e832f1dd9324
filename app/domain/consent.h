/* app/domain/consent.h - what a person agrees to, word for word. */
#pragma once
#include "app/base/digest.h"

/* A version, once out, is never edited: applications carry its digest. */
typedef struct {
  const char *version; /* "2026-11" */
  const char *text;    /* Japanese, lines ended by \n: what the screen shows */
} MadoConsent;

/** The one to be shown today. */
const MadoConsent *mado_consent_current (void);

/** The one of that version, also an older one; %NULL when there never was one. */
const MadoConsent *mado_consent_find (const char *version);

/** SHA-256 of the text. */
void mado_consent_digest (const MadoConsent *consent, guint8 ret_digest[MADO_SHA256_LEN]);

/** The same as base64url without padding: what the signed document holds. */
char *mado_consent_digest_text (const MadoConsent *consent);
