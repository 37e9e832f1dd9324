/* app/domain/duplicate.h - is this somebody we already have? A hint for people, never a decision.
 */
#pragma once
#include <glib.h>

/* Plain values; what is not known is %NULL or empty and never equal to anything. */
typedef struct {
  const char *application; /* UUID */
  const char *name;
  const char *birth_date;
  const char *phone;
  const char *email;
} MadoDuplicateSubject;

typedef enum {
  MADO_DUPLICATE_PERSON = 1 << 0, /* folded name and complete birth date are equal */
  MADO_DUPLICATE_PHONE = 1 << 1,
  MADO_DUPLICATE_EMAIL = 1 << 2,
} MadoDuplicateHint;

/** What two applications have in common: a set of MadoDuplicateHint, 0 for one and the same. */
guint mado_duplicate_compare (const MadoDuplicateSubject *a, const MadoDuplicateSubject *b);

/** "person", "phone" and "email" of @hints, %NULL-terminated; free with g_free(). */
const char **mado_duplicate_words (guint hints);
