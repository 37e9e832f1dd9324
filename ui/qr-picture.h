/* ui/qr-picture.h - a QR code as a widget: opaque black on white, also in high contrast. */
#pragma once
#include <gtk/gtk.h>

/** @name: what a screen reader says; %NULL when @text has no code. */
GtkWidget *mado_qr_picture_new (const char *text, int side, const char *name);
