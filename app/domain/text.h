/* app/domain/text.h - Japanese text brought to one form, for comparing or for storing. */
#pragma once
#include <glib.h>

/**
 * mado_text_fold:
 *
 * @text in the form in which two spellings of one place or one name are equal: NFKC, variation
 * selectors and all blanks dropped, lower case, ヶ・ヵ・が・ガ as ケ・カ・ケ・ケ, 々 as the
 * character before it, old forms of characters as new ones. For comparing only: never stored, never
 * shown.
 *
 * Returns: (transfer full): UTF-8; empty when @text is not
 */
char *mado_text_fold (const char *text);

/** @text with NFKC, outer blanks cut and inner ones one U+0020 each: what is typed, as we keep it.
 */
char *mado_text_tidy (const char *text);

/** As mado_text_tidy(), with hiragana as katakana and U+3000 between the parts. */
char *mado_text_katakana (const char *text);
