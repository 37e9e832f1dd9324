/* ui/field.h - one form field: label and 必須/任意 above, hint or fault below. */
#pragma once
#include <gtk/gtk.h>

/* The fault's stable word for what was typed, or %NULL when it is right. */
typedef const char *(*MadoFieldCheck) (const char *text);

/**
 * mado_field_new:
 * @name: of the field in the documents: "kana", "phone" …
 * @check: asked when the field is left, not at every key
 */
GtkWidget *mado_field_new (
    const char *name, const char *label, gboolean required, const char *hint, MadoFieldCheck check);

const char *mado_field_name (GtkWidget *field);
const char *mado_field_text (GtkWidget *field);
void        mado_field_set_text (GtkWidget *field, const char *text);
GtkWidget  *mado_field_entry (GtkWidget *field);

/** Shows @sentence as a fault below the field; %NULL shows the hint again. */
void mado_field_set_fault (GtkWidget *field, const char *sentence);

/** Checks now and shows the outcome; whether the field is right. */
gboolean mado_field_verify (GtkWidget *field);

/** What is wrong with the field called @name, in plain words; @text is what it holds now. */
char *mado_field_fault_words (const char *name, const char *word, const char *text);
