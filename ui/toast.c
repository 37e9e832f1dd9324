#include "ui/toast.h"

#include "ui/build.h"

#define SHOWN_S 6

/* The overlay remembers its toast, the toast its timer: whatever goes first takes the rest along.
 */
static GQuark
toast_quark (void)
{
  return g_quark_from_static_string ("mado-toast");
}

static gboolean
on_time_over (gpointer toast)
{
  g_object_steal_data (toast, "timer");
  gtk_widget_destroy (toast);
  return G_SOURCE_REMOVE;
}

static void
stop_timer (gpointer id)
{
  g_source_remove (GPOINTER_TO_UINT (id));
}

static void
on_gone (GtkWidget *toast, GObject *overlay)
{
  g_object_set_data (G_OBJECT (toast), "timer", NULL);
  if (g_object_get_qdata (overlay, toast_quark ()) == toast)
    g_object_set_qdata (overlay, toast_quark (), NULL);
}

static GtkWidget *
toast_new (const char *words)
{
  GtkWidget *toast = mado_row ("toast", 12);

  mado_put (toast, mado_line (NULL, words));
  mado_align (toast, GTK_ALIGN_END, GTK_ALIGN_END);
  mado_margins (toast, 0, 24, 104, 24);
  atk_object_set_role (gtk_widget_get_accessible (toast), ATK_ROLE_NOTIFICATION);
  mado_set_name (toast, words);
  return toast;
}

void
mado_toast_show (GtkOverlay *overlay, const char *words)
{
  GtkWidget *earlier = g_object_get_qdata (G_OBJECT (overlay), toast_quark ());
  GtkWidget *toast = toast_new (words);

  if (earlier != NULL)
    gtk_widget_destroy (earlier);
  g_object_set_qdata (G_OBJECT (overlay), toast_quark (), toast);
  g_object_set_data_full (G_OBJECT (toast), "timer",
                          GUINT_TO_POINTER (g_timeout_add_seconds (SHOWN_S, on_time_over, toast)),
                          stop_timer);
  g_signal_connect (toast, "destroy", G_CALLBACK (on_gone), overlay);
  gtk_overlay_add_overlay (overlay, toast);
  gtk_widget_show_all (toast);
}
