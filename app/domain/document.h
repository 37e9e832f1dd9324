/* app/domain/document.h - the document a person signs: what the screen showed, and nothing else. */
#pragma once
#include "app/domain/consent.h"

#include <json-glib/json-glib.h>

typedef struct {
  const char        *application; /* UUID */
  const MadoConsent *consent;
  JsonObject        *fields;   /* card and typed fields, as shown */
  const char        *method;   /* "sign", "auth" or "document" */
  const char        *terminal; /* "K-0001" */
  const char        *time;     /* RFC 3339, as shown */
} MadoDocument;

/**
 * mado_application_document:
 *
 * Returns: (transfer full): canonical JSON (RFC 8785) with the members application, consent
 *   {digest, version}, fields, method, purpose "madoguchi-application", terminal, time
 */
char *mado_application_document (const MadoDocument *document);
