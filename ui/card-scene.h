/* ui/card-scene.h - the picture of a reader and a card: put it down, leave it, take it. */
#pragma once
#include <gtk/gtk.h>

typedef enum {
  MADO_CARD_SCENE_PLACE, /* the card floats above its place, arrow down */
  MADO_CARD_SCENE_REST,  /* the card lies on the reader */
  MADO_CARD_SCENE_TAKE,  /* floats, arrow up */
} MadoCardScene;

/** @width of 480 parts at 100 %. PLACE moves down three times and rests, unless the desktop asks
 * for stillness. */
GtkWidget *mado_card_scene_new (MadoCardScene scene, int width);
