#include "app/domain/receipt.h"

#include "app/base/digest.h"
#include "app/domain/text.h"

#include <string.h>

#define LABEL "madoguchi/receipt/1\n"
#define CODE_LEN 6

/* 32 characters, so that five bits name one; I, O, 0 and 1 are too easily taken for each other. */
static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

char *
mado_receipt_code (const char *application)
{
  guint8  digest[MADO_SHA256_LEN];
  guint64 bits = 0;
  char    code[CODE_LEN + 1] = { 0 };

  mado_sha256_of (digest, LABEL, strlen (LABEL), application, strlen (application), NULL);
  for (int i = 0; i < 4; i++)
    bits = bits << 8 | digest[i];
  for (int i = 0; i < CODE_LEN; i++)
    code[i] = alphabet[bits >> (27 - 5 * i) & 31];
  return g_strdup (code);
}

char *
mado_receipt_parse (const char *typed)
{
  g_autofree char *folded = mado_text_fold (typed);
  g_autoptr (GString) code = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at++) {
    if (*at == '-')
      continue;
    if (strchr (alphabet, g_ascii_toupper (*at)) == NULL)
      return NULL;
    g_string_append_c (code, g_ascii_toupper (*at));
  }
  return code->len == CODE_LEN ? g_string_free (g_steal_pointer (&code), FALSE) : NULL;
}
