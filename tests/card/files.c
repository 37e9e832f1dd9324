#include "tests/card/files.h"

static void
free_file (gpointer data)
{
  MadoSimFile *file = data;

  g_clear_pointer (&file->octets, g_byte_array_unref);
  g_free (file->pin.value);
  EVP_PKEY_free (file->key);
  g_free (file);
}

MadoSimApplication *
mado_sim_application_new (const char *name, const guint8 *aid, gsize aid_len)
{
  MadoSimApplication *application = g_new0 (MadoSimApplication, 1);

  application->name = g_strdup (name);
  application->aid = g_bytes_new (aid, aid_len);
  application->files = g_ptr_array_new_with_free_func (free_file);
  return application;
}

void
mado_sim_application_free (MadoSimApplication *application)
{
  g_ptr_array_unref (application->files);
  g_bytes_unref (application->aid);
  g_free (application->name);
  g_free (application);
}

MadoSimFile *
mado_sim_application_add (MadoSimApplication *application, guint16 fid, MadoSimFileKind kind)
{
  MadoSimFile *file = g_new0 (MadoSimFile, 1);

  file->fid = fid;
  file->kind = kind;
  g_ptr_array_add (application->files, file);
  return file;
}

static MadoSimFile *
find_masked (const MadoSimApplication *application, guint16 fid, guint16 mask)
{
  for (guint i = 0; i < application->files->len; i++) {
    MadoSimFile *file = g_ptr_array_index (application->files, i);
    if ((file->fid & mask) == fid)
      return file;
  }
  return NULL;
}

MadoSimFile *
mado_sim_application_find (const MadoSimApplication *application, guint16 fid)
{
  return find_masked (application, fid, 0xFFFF);
}

MadoSimFile *
mado_sim_application_find_short (const MadoSimApplication *application, guint8 sfi)
{
  return find_masked (application, sfi, 0x1F);
}

gboolean
mado_sim_application_is_open (const MadoSimApplication *application, const MadoSimFile *file)
{
  const MadoSimFile *pin;

  if (file->opened_by == 0)
    return TRUE;
  pin = mado_sim_application_find (application, file->opened_by);
  return pin != NULL && pin->pin.verified;
}

void
mado_sim_forget_logins (GPtrArray *applications)
{
  for (guint i = 0; i < applications->len; i++) {
    const MadoSimApplication *application = g_ptr_array_index (applications, i);
    for (guint j = 0; j < application->files->len; j++)
      ((MadoSimFile *)g_ptr_array_index (application->files, j))->pin.verified = FALSE;
  }
}

void
mado_sim_file_fill (MadoSimFile *file, const void *octets, gsize len, gsize size)
{
  const guint8 filler = 0xFF;

  g_clear_pointer (&file->octets, g_byte_array_unref);
  file->octets = g_byte_array_sized_new ((guint)MAX (len, size));
  g_byte_array_append (file->octets, octets, (guint)len);
  while (file->octets->len < size)
    g_byte_array_append (file->octets, &filler, 1);
}
