/* app/store/meta.h - table meta(key, value), which every file has. Private to the room. */
#pragma once
#include "app/store/rows.h"

gboolean mado_meta_integer (MadoDatabase *database,
                            const char   *key,
                            gint64       *ret_value,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_bytes (MadoDatabase *database,
                          const char   *key,
                          GBytes      **ret_value,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_set_integer (MadoDatabase *database,
                                const char   *key,
                                gint64        value,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_set_bytes (MadoDatabase *database,
                              const char   *key,
                              GBytes       *value,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;
