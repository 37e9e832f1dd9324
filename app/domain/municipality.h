/* app/domain/municipality.h - prefectures and municipalities with their codes and dates. */
#pragma once
#include <glib.h>

/* One row; a merger or a new town is a new row, never an edit. */
typedef struct {
  const char
      *code; /* six digits with check digit (JIS X 0402 and the ministry's); %NULL: not kept */
  const char *prefecture; /* "埼玉県" */
  const char *county;     /* (nullable): "大里郡" */
  const char *name;       /* "寄居町" */
  const char *from;       /* (nullable): first day */
  const char *until;      /* (nullable): first day on which it is no more */
  const char *successor;  /* (nullable): code of what it was merged into */
} MadoMunicipality;

/** All rows we ship: every municipality of Saitama and Gunma, and the names that merged into places
 *  of our twelve. */
const MadoMunicipality *mado_municipality_rows (gsize *ret_n);

/** The row in force with that code; %NULL for one we do not ship. */
const MadoMunicipality *mado_municipality_find (const char *code);

/** Five digits to six: weights 6-5-4-3-2, (11 - sum mod 11) mod 10. '\0' when not five digits. */
char mado_municipality_check_digit (const char *five);

/** Six digits of which the last is right. */
gboolean mado_municipality_code_is_valid (const char *code);

/** Code of a prefecture by name ("110001"); %NULL when there is none of that name. */
const char *mado_prefecture_code (const char *name);

/** All 47 names in the order of their codes, %NULL-terminated. */
const char *const *mado_prefectures (void);
