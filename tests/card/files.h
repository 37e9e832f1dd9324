/* tests/card/files.h - applications and elementary files of a card. */
#pragma once
#include "tests/card/pin.h"
#include <openssl/evp.h>

typedef enum {
  MADO_SIM_FILE_OCTETS,
  MADO_SIM_FILE_PIN,
  MADO_SIM_FILE_KEY,
} MadoSimFileKind;

typedef struct {
  guint16         fid;
  MadoSimFileKind kind;
  guint16         opened_by; /* the PIN file of the same application; 0: free */
  GByteArray     *octets;    /* MADO_SIM_FILE_OCTETS: content with its filler */
  MadoSimPin      pin;       /* MADO_SIM_FILE_PIN */
  EVP_PKEY       *key;       /* MADO_SIM_FILE_KEY; %NULL for a key that never works */
  gboolean        forbidden; /* selecting it is a failure of the program under test */
} MadoSimFile;

typedef struct {
  char      *name; /* for people: "text AP" */
  GBytes    *aid;
  GPtrArray *files;     /* of MadoSimFile */
  gboolean   forbidden; /* as a whole */
} MadoSimApplication;

MadoSimApplication *mado_sim_application_new (const char *name, const guint8 *aid, gsize aid_len);
void                mado_sim_application_free (MadoSimApplication *application);

/** Adds an empty file and returns it; it stays the application's. */
MadoSimFile *
mado_sim_application_add (MadoSimApplication *application, guint16 fid, MadoSimFileKind kind);

/** %NULL when there is none. */
MadoSimFile *mado_sim_application_find (const MadoSimApplication *application, guint16 fid);

/** The file whose number ends in the five bits @sfi (ISO/IEC 7816-4 §7.2.2), or %NULL. */
MadoSimFile *mado_sim_application_find_short (const MadoSimApplication *application, guint8 sfi);

/** Whether the PIN that opens @file was presented, or none is needed. */
gboolean mado_sim_application_is_open (const MadoSimApplication *application,
                                       const MadoSimFile        *file);

/** Every PIN of every one of @applications counts as not presented. */
void mado_sim_forget_logins (GPtrArray *applications);

/** Puts @len octets into @file and fills it with FF up to @size. */
void mado_sim_file_fill (MadoSimFile *file, const void *octets, gsize len, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSimApplication, mado_sim_application_free)
