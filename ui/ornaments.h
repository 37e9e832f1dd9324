/* ui/ornaments.h - the window's mark, the noren over the patron's sheet, books on a shelf. */
#pragma once
#include <gtk/gtk.h>

/** The mark of the app bar. */
GtkWidget *mado_logo_new (int size);

/** A thin indigo cloth of nine panels, as wide as its place; top corners follow @radius. */
GtkWidget *mado_noren_new (int height, int radius);

/** Books on a shelf: done and empty states; never on a screen where something is asked. */
GtkWidget *mado_bookshelf_new (gboolean with_shelf);
