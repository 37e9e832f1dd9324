#include "ui/fixed-width.h"

struct _MadoFixedWidth {
  GtkBin parent;
  int    width;
};

G_DEFINE_FINAL_TYPE (MadoFixedWidth, mado_fixed_width, GTK_TYPE_BIN)

static void
get_preferred_width (GtkWidget *widget, int *least, int *natural)
{
  GTK_WIDGET_CLASS (mado_fixed_width_parent_class)->get_preferred_width (widget, least, natural);
  *least = MAX (*least, MADO_FIXED_WIDTH (widget)->width);
  *natural = *least;
}

/* A box asks by this one while it shares out its room. */
static void
get_preferred_width_for_height (GtkWidget *widget,
                                int height G_GNUC_UNUSED,
                                int       *least,
                                int       *natural)
{
  get_preferred_width (widget, least, natural);
}

static void
mado_fixed_width_class_init (MadoFixedWidthClass *klass)
{
  GTK_WIDGET_CLASS (klass)->get_preferred_width = get_preferred_width;
  GTK_WIDGET_CLASS (klass)->get_preferred_width_for_height = get_preferred_width_for_height;
}

static void
mado_fixed_width_init (MadoFixedWidth *self)
{
  /* the child's wish to grow ends here */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
}

GtkWidget *
mado_fixed_width_new (GtkWidget *child, int width)
{
  MadoFixedWidth *self = g_object_new (MADO_TYPE_FIXED_WIDTH, NULL);

  self->width = width;
  gtk_container_add (GTK_CONTAINER (self), child);
  return GTK_WIDGET (self);
}
