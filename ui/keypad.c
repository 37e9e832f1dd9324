#include "ui/keypad.h"

#include "ui/build.h"
#include "ui/icon.h"

#include <string.h>

#define COLUMNS 20 /* two a key, so that a keyboard's rows can stand half a key aside */
#define GAP 8

static const char *const alphabet[] = { "1234567890", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ" };
static const char *const qwerty_rows[] = { "1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM" };

typedef struct {
  MadoKeypadPressed pressed;
  gpointer          data;
  gboolean          qwerty;
} Keypad;

static Keypad *
keypad_of (GtkWidget *grid)
{
  return g_object_get_data (G_OBJECT (grid), "keypad");
}

static void
on_key (GtkButton *button, GtkWidget *grid)
{
  guint octet = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "octet"));

  keypad_of (grid)->pressed ((guint8)octet, keypad_of (grid)->data);
}

static void
attach (GtkWidget *grid, GtkWidget *button, guint octet, int column, int row, int width)
{
  g_object_set_data (G_OBJECT (button), "octet", GUINT_TO_POINTER (octet));
  gtk_widget_set_focus_on_click (button, FALSE);
  g_signal_connect (button, "clicked", G_CALLBACK (on_key), grid);
  gtk_grid_attach (GTK_GRID (grid), button, column, row, width, 1);
}

static void
attach_character (GtkWidget *grid, char character, int column, int row)
{
  char       words[] = { character, '\0' };
  GtkWidget *button = gtk_button_new_with_label (words);

  mado_add_classes (button, g_ascii_isdigit (character) ? "key digit" : "key");
  mado_set_name (button, words);
  attach (grid, button, (guint)character, column, row, 2);
}

static void
attach_function (
    GtkWidget *grid, const char *icon, const char *words, guint octet, int column, int width)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = mado_row (NULL, 6);

  if (icon != NULL)
    mado_put (content, mado_icon_new (icon, 22));
  mado_put (content, mado_line (NULL, words));
  gtk_container_add (GTK_CONTAINER (button),
                     mado_align (content, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  mado_add_classes (button, "key function");
  mado_set_name (button, words);
  attach (grid, button, octet, column, 3, width);
}

static void
attach_row (GtkWidget *grid, const char *characters, int row)
{
  gboolean indented = keypad_of (grid)->qwerty && row == 2;

  for (int i = 0; characters[i] != '\0'; i++)
    attach_character (grid, characters[i], 2 * i + (indented ? 1 : 0), row);
}

static void
fill (GtkWidget *grid)
{
  gboolean           qwerty = keypad_of (grid)->qwerty;
  const char *const *rows = qwerty ? qwerty_rows : alphabet;
  int                used = 2 * (int)strlen (rows[3]);

  for (int row = 0; row < 4; row++)
    attach_row (grid, rows[row], row);
  attach_function (grid, "bksp", qwerty ? "けす" : "1字けす", MADO_KEYPAD_ERASE, used,
                   (COLUMNS - used) / 2);
  attach_function (grid, NULL, "ぜんぶけす", MADO_KEYPAD_CLEAR, used + (COLUMNS - used) / 2,
                   COLUMNS - used - (COLUMNS - used) / 2);
  gtk_widget_show_all (grid);
}

void
mado_keypad_set_qwerty (GtkWidget *grid, gboolean qwerty)
{
  mado_empty (grid);
  keypad_of (grid)->qwerty = qwerty;
  fill (grid);
}

gboolean
mado_keypad_is_qwerty (GtkWidget *grid)
{
  return keypad_of (grid)->qwerty;
}

GtkWidget *
mado_keypad_new (MadoKeypadPressed pressed, gpointer data)
{
  GtkWidget *grid = gtk_grid_new ();
  Keypad    *keypad = g_new0 (Keypad, 1);

  keypad->pressed = pressed;
  keypad->data = data;
  g_object_set_data_full (G_OBJECT (grid), "keypad", keypad, g_free);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), GAP);
  gtk_grid_set_row_spacing (GTK_GRID (grid), GAP);
  mado_add_classes (grid, "no-echo");
  fill (grid);
  return grid;
}
