#include "ui/chip.h"

#include "ui/build.h"
#include "ui/icon.h"

static const struct {
  const char *state, *word, *icon;
} chips[] = {
  { "draft", "下書き", "pen" },         { "mail_wait", "確認コード待ち", "mail" },
  { "received", "受付済", "down" },     { "reviewing", "確認中", "find" },
  { "returned", "差戻し", "back" },     { "provisional", "本人確認待ち", "clock" },
  { "accepted", "受付可", "check" },    { "numbered", "付番済", "card" },
  { "completed", "登録完了", "check" }, { "rejected", "受付不可", "minus" },
  { "withdrawn", "取下げ", "left" },    { "purged", "個人情報削除済", "bin" },
};

const char *
mado_chip_word (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++)
    if (g_strcmp0 (chips[i].state, state) == 0)
      return chips[i].word;
  return state != NULL ? state : "";
}

static const char *
icon_of (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++)
    if (g_strcmp0 (chips[i].state, state) == 0)
      return chips[i].icon;
  return "info";
}

GtkWidget *
mado_chip_new (const char *state)
{
  GtkWidget *chip = mado_row ("chip", 6);

  mado_add_classes (chip, state);
  mado_put (chip, mado_icon_new_with_stroke (icon_of (state), 17, 2.4));
  mado_put (chip, mado_line (NULL, mado_chip_word (state)));
  mado_align (chip, GTK_ALIGN_END, GTK_ALIGN_CENTER);
  return chip;
}
