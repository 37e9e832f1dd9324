#include "ui/field.h"

#include "ui/build.h"
#include "ui/icon.h"
#include "ui/parts.h"

#include <string.h>

typedef struct {
  const char    *name, *hint;
  gboolean       required;
  GtkWidget     *entry, *below, *sign;
  MadoFieldCheck check;
} Field;

static Field *
field_of (GtkWidget *box)
{
  return g_object_get_data (G_OBJECT (box), "field");
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_isdigit (g_utf8_get_char (at)) ? 1 : 0;
  return n;
}

static const struct {
  const char *name, *word, *words;
} faults[] = {
  { "kana", "missing", "なまえの読みかたを 入れてください" },
  { "kana", "characters", "カタカナか ひらがなで 入れてください" },
  { "kana", "length", "長すぎるようです。短くしてください" },
  { "kana", "form", "姓と名のあいだを 1字あけてください" },
  { "phone", "missing", "電話かメールの どちらかを 入れてください" },
  { "phone", "characters", "数字と - だけで 入れてください" },
  { "phone", "form", "0から始まる 番号を 入れてください" },
  { "postcode", "missing", "郵便番号を 入れてください" },
  { "postcode", "characters", "数字 7けたで 入れてください" },
  { "email", "missing", "電話かメールの どちらかを 入れてください" },
  { "email", "characters", "半角の英数字で 入れてください" },
  { "email", "form", "@ の前と後を たしかめてください" },
  { "email", "length", "長すぎるようです。たしかめてください" },
};

char *
mado_field_fault_words (const char *name, const char *word, const char *text)
{
  if (g_str_equal (name, "phone") && g_str_equal (word, "length"))
    return g_strdup_printf ("10けたか 11けたです（いま %uけた）", count_digits (text));
  if (g_str_equal (name, "postcode")
      && (g_str_equal (word, "length") || g_str_equal (word, "form")))
    return g_strdup_printf ("数字 7けたです（いま %uけた）", count_digits (text));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].name, name) && g_str_equal (faults[i].word, word))
      return g_strdup (faults[i].words);
  return g_strdup ("もう一度 たしかめてください");
}

void
mado_field_set_fault (GtkWidget *box, const char *sentence)
{
  Field           *field = field_of (box);
  GtkStyleContext *entry = gtk_widget_get_style_context (field->entry);
  GtkStyleContext *below = gtk_widget_get_style_context (field->below);
  AtkObject       *accessible = gtk_widget_get_accessible (field->entry);

  gtk_label_set_text (GTK_LABEL (field->below), sentence != NULL ? sentence : field->hint);
  gtk_style_context_remove_class (below, sentence != NULL ? "field-hint" : "field-error");
  gtk_style_context_add_class (below, sentence != NULL ? "field-error" : "field-hint");
  gtk_widget_set_visible (field->sign, sentence != NULL);
  if (sentence != NULL)
    gtk_style_context_add_class (entry, "error");
  else
    gtk_style_context_remove_class (entry, "error");
  atk_object_set_description (accessible, sentence != NULL ? sentence : field->hint);
}

gboolean
mado_field_verify (GtkWidget *box)
{
  Field      *field = field_of (box);
  const char *text = mado_field_text (box);
  const char *word = *text == '\0' ? (field->required ? "missing" : NULL) : field->check (text);

  if (word == NULL) {
    mado_field_set_fault (box, NULL);
    return TRUE;
  }
  g_autofree char *sentence = mado_field_fault_words (field->name, word, text);
  mado_field_set_fault (box, sentence);
  return FALSE;
}

static gboolean
on_left (GtkWidget *entry G_GNUC_UNUSED, GdkEvent *event G_GNUC_UNUSED, GtkWidget *box)
{
  if (*mado_field_text (box) != '\0')
    mado_field_verify (box);
  return FALSE;
}

static GtkWidget *
label_row (const char *label, gboolean required, GtkWidget *entry)
{
  GtkWidget *row = mado_row (NULL, 8);
  GtkWidget *words = mado_line ("field-label", label);

  gtk_label_set_mnemonic_widget (GTK_LABEL (words), entry);
  mado_put (row, words);
  mado_put (row, mado_tag_new (required ? "required" : NULL, NULL, required ? "必須" : "任意"));
  return row;
}

static GtkWidget *
below_row (Field *field)
{
  GtkWidget *row = mado_row ("below", 6);

  field->sign = mado_icon_new ("alert", 18);
  mado_add_classes (field->sign, "field-error");
  gtk_widget_set_no_show_all (field->sign, TRUE);
  gtk_widget_set_valign (field->sign, GTK_ALIGN_START);
  field->below = mado_tight (mado_text ("field-hint", field->hint), 0.95);
  mado_put (row, field->sign);
  mado_put_wide (row, field->below);
  return row;
}

GtkWidget *
mado_field_new (
    const char *name, const char *label, gboolean required, const char *hint, MadoFieldCheck check)
{
  GtkWidget *box = mado_column ("field", 5);
  Field     *field = g_new0 (Field, 1);

  *field = (Field){ .name = name, .hint = hint, .required = required, .check = check };
  field->entry = gtk_entry_new ();
  gtk_entry_set_width_chars (GTK_ENTRY (field->entry), 8);
  mado_set_name (field->entry, label);
  g_object_set_data_full (G_OBJECT (box), "field", field, g_free);
  mado_put (box, label_row (label, required, field->entry));
  mado_put (box, field->entry);
  mado_put (box, below_row (field));
  g_signal_connect (field->entry, "focus-out-event", G_CALLBACK (on_left), box);
  return box;
}

const char *
mado_field_name (GtkWidget *box)
{
  return field_of (box)->name;
}

const char *
mado_field_text (GtkWidget *box)
{
  return gtk_entry_get_text (GTK_ENTRY (field_of (box)->entry));
}

void
mado_field_set_text (GtkWidget *box, const char *text)
{
  gtk_entry_set_text (GTK_ENTRY (field_of (box)->entry), text);
}

GtkWidget *
mado_field_entry (GtkWidget *box)
{
  return field_of (box)->entry;
}
