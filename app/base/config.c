#include "app/base/config.h"

#include <string.h>

#define CREDENTIALS "${CREDENTIALS_DIRECTORY}"

G_DEFINE_QUARK (mado - config - error - quark, mado_config_error)

struct _MadoConfig {
  GHashTable *values; /* "group/key" → expanded value */
};

/* Where a value stands, for the sentence that refuses it. */
typedef struct {
  const char          *path;
  guint                line;
  const MadoConfigKey *keys;
  gsize                n_keys;
} Place;

static gboolean
refuse (
    const Place *place, const char *group, const char *key, const char *expected, GError **error)
{
  g_set_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_INVALID, "%s:%u: [%s] %s: expected %s",
               place->path, place->line, group, key, expected);
  return FALSE;
}

static gboolean
unreadable (const GError *cause, GError **error)
{
  g_set_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_UNREADABLE, "%s", cause->message);
  return FALSE;
}

static char *
join_key (const char *group, const char *key)
{
  return g_strconcat (group, "/", key, NULL);
}

static const MadoConfigKey *
find_key (const Place *place, const char *group, const char *key)
{
  for (gsize i = 0; i < place->n_keys; i++)
    if (strcmp (place->keys[i].group, group) == 0 && strcmp (place->keys[i].key, key) == 0)
      return &place->keys[i];
  return NULL;
}

/* Nothing but the credentials' directory is expanded: a configuration is no program. */
static char *
expand (const char *value)
{
  g_autoptr (GString) text = g_string_new (value);
  const char *directory = g_getenv ("CREDENTIALS_DIRECTORY");

  if (directory != NULL)
    g_string_replace (text, CREDENTIALS, directory, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_value (
    MadoConfig *config, const Place *place, const char *group, const char *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, "=", 2);
  const MadoConfigKey *known;

  if (g_strv_length (parts) != 2)
    return refuse (place, group, line, "key=value", error);
  g_strstrip (parts[0]);
  g_strstrip (parts[1]);
  known = find_key (place, group, parts[0]);
  if (known == NULL)
    return refuse (place, group, parts[0], "a key this program knows", error);
  if (!known->accepts (parts[1]))
    return refuse (place, group, parts[0], known->expected, error);
  g_hash_table_replace (config->values, join_key (group, parts[0]), expand (parts[1]));
  return TRUE;
}

static gboolean
take_line (MadoConfig *config, const Place *place, char **group, char *line, GError **error)
{
  g_strstrip (line);
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line == '[' && g_str_has_suffix (line, "]")) {
    g_free (*group);
    *group = g_strndup (line + 1, strlen (line) - 2);
    return TRUE;
  }
  if (*group == NULL)
    return refuse (place, "", line, "a [group] before the first key", error);
  return take_value (config, place, *group, line, error);
}

static gboolean
take_file (
    MadoConfig *config, const char *path, const MadoConfigKey *keys, gsize n_keys, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *group = NULL;
  g_autoptr (GError) cause = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &text, &len, &cause))
    return unreadable (cause, error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  /* Whatever stands behind a NUL would not be seen. */
  if (strlen (text) != len)
    return refuse (&(Place){ path, g_strv_length (lines), keys, n_keys }, "", "NUL", "text", error);
  for (guint i = 0; lines[i] != NULL; i++) {
    Place place = { path, i + 1, keys, n_keys };
    if (!take_line (config, &place, &group, lines[i], error))
      return FALSE;
  }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* No folder is an empty one; a folder that cannot be read may hold what this terminal must obey. */
static GPtrArray *
list_drop_ins (const char *path, GError **error)
{
  g_autofree char *folder = g_strconcat (path, ".d", NULL);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &cause);
  GPtrArray  *files;
  const char *name;

  if (dir == NULL && !g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    unreadable (cause, error);
    return NULL;
  }
  files = g_ptr_array_new_with_free_func (g_free);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".conf"))
      g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (files, compare_names);
  return files;
}

static void
take_fallbacks (MadoConfig *config, const MadoConfigKey *keys, gsize n_keys)
{
  for (gsize i = 0; i < n_keys; i++)
    if (keys[i].fallback != NULL)
      g_hash_table_replace (config->values, join_key (keys[i].group, keys[i].key),
                            expand (keys[i].fallback));
}

MadoConfig *
mado_config_load (const char *path, const MadoConfigKey *keys, gsize n_keys, GError **error)
{
  g_autoptr (GPtrArray) drop_ins = list_drop_ins (path, error);
  g_autoptr (MadoConfig) config = NULL;

  if (drop_ins == NULL)
    return NULL;
  config = g_new0 (MadoConfig, 1);
  config->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  take_fallbacks (config, keys, n_keys);
  if (!take_file (config, path, keys, n_keys, error))
    return NULL;
  for (guint i = 0; i < drop_ins->len; i++)
    if (!take_file (config, g_ptr_array_index (drop_ins, i), keys, n_keys, error))
      return NULL;
  return g_steal_pointer (&config);
}

void
mado_config_free (MadoConfig *config)
{
  if (config == NULL)
    return;
  g_hash_table_unref (config->values);
  g_free (config);
}

const char *
mado_config_get (const MadoConfig *config, const char *group, const char *key)
{
  g_autofree char *name = join_key (group, key);

  return g_hash_table_lookup (config->values, name);
}

gboolean
mado_config_flag (const MadoConfig *config, const char *group, const char *key)
{
  return g_strcmp0 (mado_config_get (config, group, key), "true") == 0;
}

gboolean
mado_config_is_flag (const char *value)
{
  return strcmp (value, "true") == 0 || strcmp (value, "false") == 0;
}

gboolean
mado_config_is_text (const char *value)
{
  return *value != '\0';
}
