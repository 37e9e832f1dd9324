/* madoguchi - the counter window. */
#include "app/base/locale.h"
#include "ui/shell.h"
#include "ui/style.h"

#include <gtk/gtk.h>
#include <sys/prctl.h>

#define DEFAULT_SOCKET "/run/madoguchi/agent.sock"

static MadoClock *clock_now;
static char      *socket_path;

static void
on_activate (GtkApplication *application, gpointer data G_GNUC_UNUSED)
{
  GtkWidget *window = gtk_application_window_new (application);
  g_autoptr (MadoClient) client = mado_client_new (socket_path);

  mado_style_init ();
  gtk_window_set_title (GTK_WINDOW (window), "窓口");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  mado_shell_new (GTK_WINDOW (window), client, clock_now);
  gtk_widget_show (window);
  mado_client_start (client);
}

static int
on_options (GApplication *application G_GNUC_UNUSED,
            GVariantDict             *options,
            gpointer data             G_GNUC_UNUSED)
{
  if (g_variant_dict_contains (options, "version")) {
    g_print ("madoguchi %s\n", MADO_VERSION);
    return 0;
  }
  if (g_variant_dict_contains (options, "kiosk")) {
    g_printerr ("madoguchi: this version has no kiosk; start the counter window without --kiosk\n");
    return 2;
  }
  if (!g_variant_dict_lookup (options, "socket", "^ay", &socket_path))
    socket_path = g_strdup (DEFAULT_SOCKET);
  return -1;
}

static const GOptionEntry entries[] = {
  { "socket", 0, 0, G_OPTION_ARG_FILENAME, NULL, "The agent's socket (" DEFAULT_SOCKET ")",
    "PATH" },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, NULL, "Not in this version", NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Print the version", NULL },
  { NULL },
};

int
main (int argc, char **argv)
{
  /* The keys of a password pass through GDK before they reach the locked page. */
  prctl (PR_SET_DUMPABLE, 0);
  mado_locale_init ();
  gtk_disable_setlocale ();
  /* A desktop's theme must not change the counter; GTK reads this when it opens the display. */
  g_setenv ("GTK_THEME", "Adwaita", TRUE);
  clock_now = mado_clock_new_real ();
  g_autoptr (GtkApplication) application
      = gtk_application_new ("jp.madoguchi.Counter", G_APPLICATION_NON_UNIQUE);
  g_application_add_main_option_entries (G_APPLICATION (application), entries);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  g_signal_connect (application, "handle-local-options", G_CALLBACK (on_options), NULL);
  int status = g_application_run (G_APPLICATION (application), argc, argv);
  g_free (socket_path);
  mado_clock_free (clock_now);
  return status;
}
