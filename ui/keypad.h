/* ui/keypad.h - keys for the signing password: digits and A to Z. Nothing lights up or sounds. */
#pragma once
#include <gtk/gtk.h>

#define MADO_KEYPAD_ERASE 0x08 /* the last character */
#define MADO_KEYPAD_CLEAR 0x7F /* all of them */

/* One octet was pressed: '0'…'9', 'A'…'Z' or one of the two above. */
typedef void (*MadoKeypadPressed) (guint8 octet, gpointer data);

GtkWidget *mado_keypad_new (MadoKeypadPressed pressed, gpointer data);

/** Letters in the order of the alphabet (FALSE, as it starts) or of a keyboard (TRUE). */
void     mado_keypad_set_qwerty (GtkWidget *keypad, gboolean qwerty);
gboolean mado_keypad_is_qwerty (GtkWidget *keypad);
