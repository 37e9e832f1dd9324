#include "tests/card/profile.h"
#include "app/base/octets.h"
#include "tests/card/error.h"

/* A profile on a profile on a profile: more is a circle. */
#define MAX_DEPTH 3

static const struct {
  const char *group, *keys;
} known[] = {
  { "card",
    ";label;atr;applications;based-on;auth-cert-needs-pin;first-command-fails;reset-clears-login;"
    "select-clears-login;prefix-aids;delay-ms;blocked-status;faults;" },
  { "sign", ";pin;tries;left;" },
  { "auth", ";pin;tries;left;" },
  { "text", ";pin;tries;left;" },
  { "person", ";name;address;birth-date;sex;name-substituted;address-substituted;" },
  { "certificate", ";prefecture;city;generation;state;authority;" },
};

static gboolean
is_known (const char *group, const char *key)
{
  g_autofree char *sought = g_strdup_printf (";%s;", key);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].group, group))
      return g_strstr_len (known[i].keys, -1, sought) != NULL;
  return FALSE;
}

/* Copies what @from says over @into; the names of all keys must be known. */
static gboolean
copy_group (GKeyFile *into, GKeyFile *from, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  for (char **key = keys; *key != NULL; key++) {
    g_autofree char *value = g_key_file_get_value (from, group, *key, NULL);
    if (!is_known (group, *key))
      return mado_sim_raise (error, MADO_SIM_ERROR_PROFILE, "[%s] %s: no such key", group, *key);
    g_key_file_set_value (into, group, *key, value);
  }
  return TRUE;
}

static gboolean
copy_over (GKeyFile *into, GKeyFile *from, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (from, NULL);

  for (char **group = groups; *group != NULL; group++)
    if (!copy_group (into, from, *group, error))
      return FALSE;
  return TRUE;
}

static gboolean
load_over (GKeyFile *into, const char *path, int depth, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) why = NULL;
  g_autofree char *base = NULL, *folder = g_path_get_dirname (path), *base_path = NULL;

  if (depth > MAX_DEPTH || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &why))
    return mado_sim_raise (error, MADO_SIM_ERROR_PROFILE, "%s: %s", path,
                           why != NULL ? why->message : "based on itself");
  base = g_key_file_get_string (file, "card", "based-on", NULL);
  base_path = g_strdup_printf ("%s/%s.card", folder, base);
  if (base != NULL && !load_over (into, base_path, depth + 1, error))
    return FALSE;
  return copy_over (into, file, error);
}

static gboolean
read_pin (GKeyFile *file, const char *group, guint tries, MadoSimPinProfile *pin, GError **error)
{
  if (!g_key_file_has_group (file, group))
    return TRUE;
  pin->pin = g_key_file_get_string (file, group, "pin", NULL);
  pin->tries = g_key_file_has_key (file, group, "tries", NULL)
                   ? (guint)g_key_file_get_integer (file, group, "tries", NULL)
                   : tries;
  pin->left = g_key_file_has_key (file, group, "left", NULL)
                  ? (guint)g_key_file_get_integer (file, group, "left", NULL)
                  : pin->tries;
  if (pin->pin == NULL || pin->tries > 15 || pin->left > pin->tries)
    return mado_sim_raise (error, MADO_SIM_ERROR_PROFILE,
                           "[%s]: expected pin and left <= tries <= 15", group);
  return TRUE;
}

static gboolean
flag (GKeyFile *file, const char *key)
{
  return g_key_file_get_boolean (file, "card", key, NULL);
}

static gboolean
has_application (GKeyFile *file, const char *name)
{
  g_auto (GStrv) names = g_key_file_get_string_list (file, "card", "applications", NULL, NULL);

  return g_key_file_has_key (file, "card", "applications", NULL)
             ? names != NULL && g_strv_contains ((const char *const *)names, name)
             : TRUE;
}

static gboolean
read_card (GKeyFile *file, MadoSimProfile *profile, GError **error)
{
  g_autofree char *atr = g_key_file_get_string (file, "card", "atr", NULL);
  g_autofree char *blocked = g_key_file_get_string (file, "card", "blocked-status", NULL);

  profile->label = g_key_file_get_string (file, "card", "label", NULL);
  profile->atr = atr == NULL ? NULL : mado_octets_from_hex (atr);
  profile->has_jpki = has_application (file, "jpki");
  profile->has_text = has_application (file, "text");
  profile->auth_cert_needs_pin = flag (file, "auth-cert-needs-pin");
  profile->first_command_fails = flag (file, "first-command-fails");
  profile->reset_clears_login = flag (file, "reset-clears-login");
  profile->select_clears_login = flag (file, "select-clears-login");
  profile->prefix_aids = flag (file, "prefix-aids");
  profile->delay_ms = (guint)MAX (0, g_key_file_get_integer (file, "card", "delay-ms", NULL));
  profile->faults = g_key_file_get_string_list (file, "card", "faults", NULL, NULL);
  profile->blocked_status = g_strcmp0 (blocked, "6983") == 0 ? 0x6983 : 0x6984;
  if (profile->atr == NULL || (profile->has_jpki && profile->label == NULL))
    return mado_sim_raise (error, MADO_SIM_ERROR_PROFILE, "[card]: expected atr and label");
  return TRUE;
}

static gboolean
read_person (GKeyFile *file, MadoSimProfile *profile, GError **error)
{
  profile->person_name = g_key_file_get_string (file, "person", "name", NULL);
  profile->address = g_key_file_get_string (file, "person", "address", NULL);
  profile->birth_date = g_key_file_get_string (file, "person", "birth-date", NULL);
  profile->sex = g_key_file_get_string (file, "person", "sex", NULL);
  if (!profile->has_text)
    return TRUE;
  if (profile->person_name == NULL || profile->address == NULL || profile->birth_date == NULL
      || profile->sex == NULL)
    return mado_sim_raise (error, MADO_SIM_ERROR_PROFILE,
                           "[person]: expected name, address, birth-date and sex");
  return TRUE;
}

static char *
name_of (const char *path)
{
  char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, ".card"))
    name[strlen (name) - strlen (".card")] = '\0';
  return name;
}

MadoSimProfile *
mado_sim_profile_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (MadoSimProfile) profile = g_new0 (MadoSimProfile, 1);

  profile->name = name_of (path);
  if (!load_over (file, path, 1, error) || !read_card (file, profile, error)
      || !read_pin (file, "sign", 5, &profile->sign, error)
      || !read_pin (file, "auth", 3, &profile->auth, error)
      || !read_pin (file, "text", 3, &profile->text, error) || !read_person (file, profile, error))
    return NULL;
  return g_steal_pointer (&profile);
}

gboolean
mado_sim_profile_has_fault (const MadoSimProfile *profile, const char *fault)
{
  return profile->faults != NULL && g_strv_contains ((const char *const *)profile->faults, fault);
}

void
mado_sim_profile_free (MadoSimProfile *profile)
{
  g_free (profile->name);
  g_free (profile->label);
  g_clear_pointer (&profile->atr, g_bytes_unref);
  g_strfreev (profile->faults);
  g_free (profile->sign.pin);
  g_free (profile->auth.pin);
  g_free (profile->text.pin);
  g_free (profile->person_name);
  g_free (profile->address);
  g_free (profile->birth_date);
  g_free (profile->sex);
  g_free (profile);
}
