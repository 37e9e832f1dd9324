#include "ui/qr-picture.h"

#include "app/print/qr.h"
#include "ui/build.h"

static gboolean
on_draw (GtkWidget *area, cairo_t *cr, gpointer qr)
{
  mado_qr_draw (
      qr, cr, MIN (gtk_widget_get_allocated_width (area), gtk_widget_get_allocated_height (area)));
  return TRUE;
}

static void
on_free (gpointer qr, GClosure *closure G_GNUC_UNUSED)
{
  mado_qr_free (qr);
}

GtkWidget *
mado_qr_picture_new (const char *text, int side, const char *name)
{
  MadoQr *qr = mado_qr_new (text, NULL);

  if (qr == NULL)
    return NULL;
  GtkWidget *area = gtk_drawing_area_new ();
  gtk_widget_set_size_request (area, side, side);
  mado_align (area, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
  atk_object_set_role (gtk_widget_get_accessible (area), ATK_ROLE_IMAGE);
  mado_set_name (area, name);
  g_signal_connect_data (area, "draw", G_CALLBACK (on_draw), qr, on_free, 0);
  return area;
}
