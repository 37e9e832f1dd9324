#include "tests/card/rehearsal.h"
#include <gio/gio.h>

static char *
make_pki (void)
{
  const char      *build = g_getenv ("MADO_BUILD") != NULL ? g_getenv ("MADO_BUILD") : "build";
  g_autofree char *relative = g_build_filename (build, "rehearsal", NULL);
  char            *path = g_canonicalize_filename (relative, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) script
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "tests/card/rehearsal-ca", path, NULL);

  if (script == NULL || !g_subprocess_wait_check (script, NULL, &error))
    g_error ("rehearsal-ca: %s", error->message);
  return path;
}

const char *
mado_rehearsal_pki (void)
{
  static char *path;

  if (path == NULL)
    path = make_pki ();
  return path;
}

char *
mado_rehearsal_profile (const char *name)
{
  return g_strdup_printf ("tests/card/profiles/%s.card", name);
}

MadoSimCard *
mado_rehearsal_card (const char *name)
{
  g_autofree char *profile = mado_rehearsal_profile (name);
  g_autoptr (GError) error = NULL;
  MadoSimCard *card = mado_sim_card_load (profile, mado_rehearsal_pki (), &error);

  if (card == NULL)
    g_error ("%s", error->message);
  return card;
}

GBytes *
mado_rehearsal_file (const char *name, const char *file)
{
  g_autofree char *path = g_build_filename (mado_rehearsal_pki (), "cards", name, file, NULL);
  g_autoptr (GError) error = NULL;
  char *octets;
  gsize len;

  if (!g_file_get_contents (path, &octets, &len, &error))
    g_error ("%s", error->message);
  return g_bytes_new_take (octets, len);
}
