/* app/base/person.h - the four items a card says of its holder. */
#pragma once
#include <json-glib/json-glib.h>

typedef enum {
  MADO_SEX_NOT_STATED,
  MADO_SEX_MALE,
  MADO_SEX_FEMALE,
} MadoSex;

/* A plain value; text is UTF-8 exactly as the card has it. */
typedef struct {
  char   *name;                /* family and given name with U+3000 between */
  char   *address;             /* may be empty */
  char   *birth_date;          /* "1990-01-02", Gregorian; unknown parts are zeros */
  MadoSex sex;                 /* shown by `card person`, never stored */
  GArray *name_substituted;    /* guint: characters from 0 the card replaced */
  GArray *address_substituted; /* the same for the address */
} MadoPerson;

/** Empty text everywhere, nothing substituted. */
MadoPerson *mado_person_new (void);
MadoPerson *mado_person_copy (const MadoPerson *person);
void        mado_person_free (MadoPerson *person);

/**
 * mado_person_to_json:
 * @source: "sign" or "text": where the items were read
 *
 * Returns: (transfer full): the answer of `madoguchictl card person`
 */
JsonObject *mado_person_to_json (const MadoPerson *person, const char *source);

/** "male", "female" or "not-stated". */
const char *mado_sex_name (MadoSex sex);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoPerson, mado_person_free)
