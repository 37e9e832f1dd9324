#include "ui/rail.h"

#include "ui/build.h"
#include "ui/icon.h"

static const char *const steps[MADO_RAIL_STEPS]
    = { "同意", "カード", "暗証番号", "確認", "連絡先", "申請", "完了" };

static GtkWidget *
dot_new (int number, gboolean done)
{
  GtkWidget       *dot = mado_row ("dot", 0);
  g_autofree char *digits = g_strdup_printf ("%d", number);
  GtkWidget       *label = mado_line (NULL, digits);

  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_box_set_center_widget (GTK_BOX (dot),
                             done ? mado_icon_new_with_stroke ("check", 20, 3) : label);
  return mado_ornament (mado_align (dot, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
}

static GtkWidget *
step_new (int number, int now)
{
  GtkWidget *step = mado_row (number < now ? "done" : number == now ? "now" : "later", 10);
  const char *state = number < now ? "すみました" : number == now ? "いまここです" : "これから";
  g_autofree char *name = g_strdup_printf ("%d %s、%s", number, steps[number - 1], state);

  mado_put (step, dot_new (number, number < now));
  mado_put (step, mado_line (NULL, steps[number - 1]));
  mado_set_name (step, name);
  return step;
}

static GtkWidget *
link_new (gboolean done)
{
  GtkWidget *line = mado_ornament (mado_row (done ? "line done" : "line", 0));

  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  return line;
}

GtkWidget *
mado_rail_new (int step)
{
  GtkWidget *rail = mado_row ("rail", 0);

  for (int number = 1; number <= MADO_RAIL_STEPS; number++) {
    mado_put (rail, step_new (number, step));
    if (number < MADO_RAIL_STEPS)
      mado_put_wide (rail, link_new (number < step));
  }
  return rail;
}
