#include "app/domain/duplicate.h"

#include "app/domain/day.h"
#include "app/domain/text.h"

static gboolean
folds_equal (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return FALSE;
  g_autofree char *left = mado_text_fold (a);
  g_autofree char *right = mado_text_fold (b);
  return *left != '\0' && g_str_equal (left, right);
}

/* A date with unknown parts is shared by too many people to mean anything. */
static gboolean
is_same_person (const MadoDuplicateSubject *a, const MadoDuplicateSubject *b)
{
  return a->birth_date != NULL && mado_day_is_valid (a->birth_date)
         && g_strcmp0 (a->birth_date, b->birth_date) == 0 && folds_equal (a->name, b->name);
}

guint
mado_duplicate_compare (const MadoDuplicateSubject *a, const MadoDuplicateSubject *b)
{
  guint hints = 0;

  if (a->application != NULL && g_strcmp0 (a->application, b->application) == 0)
    return 0;
  if (is_same_person (a, b))
    hints |= MADO_DUPLICATE_PERSON;
  if (folds_equal (a->phone, b->phone))
    hints |= MADO_DUPLICATE_PHONE;
  if (folds_equal (a->email, b->email))
    hints |= MADO_DUPLICATE_EMAIL;
  return hints;
}

const char **
mado_duplicate_words (guint hints)
{
  const char **words = g_new0 (const char *, 4);
  gsize        n = 0;

  if ((hints & MADO_DUPLICATE_PERSON) != 0)
    words[n++] = "person";
  if ((hints & MADO_DUPLICATE_PHONE) != 0)
    words[n++] = "phone";
  if ((hints & MADO_DUPLICATE_EMAIL) != 0)
    words[n++] = "email";
  return words;
}
