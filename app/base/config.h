/* app/base/config.h - a strict key file: what it does not know, it does not start with. */
#pragma once
#include <glib.h>

#define MADO_CONFIG_ERROR (mado_config_error_quark ())
GQuark mado_config_error_quark (void);

typedef enum {
  MADO_CONFIG_ERROR_UNREADABLE, /* the file, a drop-in or their folder cannot be read */
  MADO_CONFIG_ERROR_INVALID,    /* unknown key or bad value; the message names file and line */
} MadoConfigError;

typedef gboolean (*MadoConfigAccepts) (const char *value);

/* One key a program knows. */
typedef struct {
  const char       *group;
  const char       *key;
  const char       *fallback; /* value when absent; %NULL: none */
  const char       *expected; /* "true or false": what a bad value is told */
  MadoConfigAccepts accepts;
} MadoConfigKey;

typedef struct _MadoConfig MadoConfig;

/**
 * mado_config_load:
 * @path: a GLib key file; files `*.conf` in `@path.d/` follow in the order of their names and
 *   replace single values
 * @keys: every key there is
 *
 * ${CREDENTIALS_DIRECTORY} is the only variable expanded. Blocks (files).
 *
 * Returns: (transfer full): or %NULL with %MADO_CONFIG_ERROR, message "FILE:LINE: [group] key:
 *   expected …"
 */
MadoConfig *mado_config_load (const char          *path,
                              const MadoConfigKey *keys,
                              gsize                n_keys,
                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_config_free (MadoConfig *config);

/** The value, or the fallback, or %NULL; stays the configuration's. */
const char *mado_config_get (const MadoConfig *config, const char *group, const char *key);

/** Whether the value is "true". */
gboolean mado_config_flag (const MadoConfig *config, const char *group, const char *key);

/* Acceptors: "true" or "false"; anything not empty. */
gboolean mado_config_is_flag (const char *value);
gboolean mado_config_is_text (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoConfig, mado_config_free)
