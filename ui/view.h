/* ui/view.h - one screen: built from what the agent said at one moment. */
#pragma once
#include "ui/client.h"
#include <gtk/gtk.h>

/* Everything a view draws from; valid only during the call it is passed to. */
typedef struct {
  MadoClient *client;
  JsonObject *state;        /* session document; NULL while the agent is away */
  JsonObject *status;       /* lights and figures; may be NULL */
  JsonObject *applications; /* the list of the home screen; may be NULL */
  gint64      now;          /* Unix seconds */
} MadoMoment;

typedef struct _MadoView MadoView;

struct _MadoView {
  const char *name; /* "home", "pin" … */
  MadoClient *client;
  GtkWidget  *body;   /* between the bars */
  GtkWidget  *sheet;  /* the patron's; NULL: one pane */
  GtkWidget  *bar;    /* lowest row; NULL: none */
  GtkWidget  *first;  /* takes the focus on entry; nullable */
  GtkWidget  *main;   /* F9 */
  GtkWidget  *second; /* F7 */
  GtkWidget  *stop;   /* Esc */
  GtkWidget  *back;   /* Alt+← */
  /* Draws the moment into itself; FALSE: must be built again. NULL: always again. */
  gboolean (*update) (MadoView *view, const MadoMoment *moment);
  /* Whether somebody typed something that stopping would lose. */
  gboolean (*is_typed) (MadoView *view);
  /* What was typed, to be put onto the same page again (transfer full); NULL: not to be kept. */
  JsonObject *(*typed) (MadoView *view);
  void (*retype) (MadoView *view, JsonObject *typed);
  /* Takes over from the page it stands in for what must not be kept. */
  void (*inherit) (MadoView *view, MadoView *before);
  /* Keys of the page's own, before anything else sees them; TRUE when used. */
  gboolean (*key) (MadoView *view, const GdkEventKey *event);
  gboolean       is_begin; /* F2 presses the main button too */
  gboolean       is_live;  /* also follows lights and list, not only the sitting */
  gboolean       allowed;  /* the last try may be spent */
  gpointer       own;      /* the page's own data */
  GDestroyNotify own_free;
};

/** Empty but for its name and client; the views fill it. */
MadoView *mado_view_new (const char *name, const MadoMoment *moment);

/** Frees what is beside the widgets, which belong to their parents. */
void mado_view_free (MadoView *view);

/** The row of actions with 中止 at the left; sets view->bar and view->stop. */
void mado_view_add_bar (MadoView *view);

/** もどる next to 中止; sets view->back. */
void mado_view_add_back (MadoView *view);

/**
 * mado_view_add_main:
 * @button: at the right end of the bar; F9 presses it
 *
 * Sets view->main.
 */
void mado_view_add_main (MadoView *view, GtkWidget *button);

/** Makes @live the one filled button of the page; the other one turns grey. */
void mado_view_hand_over (GtkWidget *live, GtkWidget *other);

/** A sentence before the main button: whom we wait for, what is missing. */
GtkWidget *mado_view_add_remark (MadoView *view, const char *icon, const char *sentence);

/** The two panes; view->body holds them. Returns the staff's and the patron's column. */
void mado_view_add_panes (MadoView *view, GtkWidget **ret_staff, GtkWidget **ret_patron);

/** The patron's own buttons, lowest on the sheet: they stay in sight where the sheet scrolls. */
void mado_view_add_foot (MadoView *view, GtkWidget *buttons);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoView, mado_view_free)
