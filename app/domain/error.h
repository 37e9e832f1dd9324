/* app/domain/error.h - what can go wrong in the rules. */
#pragma once
#include <glib.h>

#define MADO_DOMAIN_ERROR (mado_domain_error_quark ())
GQuark mado_domain_error_quark (void);

typedef enum {
  MADO_DOMAIN_ERROR_HEADER, /* an event header that is not one */
  MADO_DOMAIN_ERROR_RULES,  /* a rules file: the message names line and expectation */
} MadoDomainError;

/**
 * mado_domain_raise:
 *
 * The one place that sets an error of this room.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_domain_raise (GError **error, MadoDomainError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
