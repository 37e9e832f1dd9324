/* pcsc/files.h - the applications and files of a My Number Card that we ever touch.
 *
 * What is not in this table does not exist for us: above all the files and keys that hold, show or
 * derive from the individual number (text application 0001, 0003, 0014; the surface application;
 * the common-card application).
 */
#pragma once
#include "app/base/octets.h"

typedef enum {
  MADO_AP_NONE,
  MADO_AP_JPKI, /* public authentication service: certificates and keys */
  MADO_AP_TEXT, /* input support: the basic four items */
} MadoAp;

typedef enum {
  MADO_FILE_READABLE, /* READ BINARY */
  MADO_FILE_PIN,      /* VERIFY */
  MADO_FILE_KEY,      /* COMPUTE DIGITAL SIGNATURE */
} MadoFileUse;

typedef enum {
  MADO_PIN_NONE,
  MADO_PIN_FOUR_DIGITS, /* 0-9, exactly four */
  MADO_PIN_PASSWORD,    /* A-Z 0-9, six to sixteen */
} MadoPinForm;

typedef struct {
  MadoAp      ap;
  guint16     id; /* file identifier, ISO/IEC 7816-4 §7.3 */
  MadoFileUse use;
  MadoPinForm pin;
  gboolean    personal; /* what comes out is a person's: never in a trace */
} MadoFile;

extern const MadoFile MADO_FILE_TOKEN_INFO;   /* 0006: whose label says what card it is */
extern const MadoFile MADO_FILE_AVAILABILITY; /* 0008: which certificates there are */
extern const MadoFile MADO_FILE_AUTH_CERT;
extern const MadoFile MADO_FILE_AUTH_PIN;
extern const MadoFile MADO_FILE_AUTH_KEY;
extern const MadoFile MADO_FILE_SIGN_CERT;
extern const MadoFile MADO_FILE_SIGN_PIN;
extern const MadoFile MADO_FILE_SIGN_KEY;
extern const MadoFile MADO_FILE_TEXT_PIN;
extern const MadoFile MADO_FILE_BASIC_FOUR;

/** The application identifier, always whole: a shorter one can land on another application. */
MadoOctets mado_ap_aid (MadoAp ap);

/** The application with that identifier, or %MADO_AP_NONE. */
MadoAp mado_ap_by_aid (MadoOctets aid);

/** The file of @ap with that identifier; %NULL when it is none of ours. */
const MadoFile *mado_file_by_id (MadoAp ap, guint16 id);

/** Whether @octets have the form; decided before a card sees them, since it costs a try there. */
gboolean mado_pin_fits (MadoPinForm form, MadoOctets octets);
