/* app/store/terminal.h - what the files of the terminal's store share. Private to the room. */
#pragma once
#include "app/store/box.h"
#include "app/store/events.h"
#include "app/store/store.h"

/* Column `sync` of table line. */
typedef enum {
  MADO_SYNC_HOME,        /* here: acts may append */
  MADO_SYNC_GIVEN,       /* to be sent */
  MADO_SYNC_STORED,      /* the centre has it */
  MADO_SYNC_QUARANTINED, /* the centre refused it */
  MADO_SYNC_BACKED_UP,   /* two backups of the centre have it */
} MadoSync;

struct _MadoStore {
  GMutex        mutex;
  MadoDatabase *database;
  char         *dir;
  int           lock_fd;
  char         *holder;
  GBytes       *kek;
  gboolean      box_only;
  MadoClock    *clock;
  char         *set_aside; /* file name, or NULL */
  char         *box_id;    /* the centre's box key, or NULL */
  GBytes       *box_public;
  MadoBoxStart  box_start; /* of the next birth's box */
};

/* One row of table line. */
typedef struct {
  char    *application;
  gint64   seq;
  guint8   head[32];
  char    *state;
  MadoSync sync;
  GBytes  *wrapped; /* NULL: not readable here (any more) */
} MadoLine;

void mado_line_free (MadoLine *line);

/** @ret_line is %NULL when there is no such line. */
gboolean mado_line_load (MadoStore  *store,
                         const char *application,
                         MadoLine  **ret_line,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** %FALSE with %MADO_STORE_ERROR_KEY when the line has none or another's. */
gboolean mado_line_key (MadoStore *store,
                        MadoLine  *line,
                        guint8     ret_key[MADO_KEY_LEN],
                        GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/** The fold up to @last with @key open. */
MadoApplication *mado_line_fold (MadoStore    *store,
                                 const char   *application,
                                 gint64        last,
                                 const guint8 *key,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** Does the slow half of the next box now, when the centre's key is known. */
gboolean mado_line_box_ahead (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** @key in a box for the centre as column `box` has it; %NULL in @ret_box while the centre's key
 *  is not known. */
gboolean mado_line_box (MadoStore   *store,
                        const char  *application,
                        const guint8 key[MADO_KEY_LEN],
                        GBytes     **ret_box,
                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** The next place of this generation's journal for @head. */
gboolean mado_place_append (MadoStore   *store,
                            const char  *application,
                            const guint8 head[32],
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** Newest place of generation @g: 0 and zeros for none. */
gboolean mado_place_last (MadoStore *store,
                          gint64     g,
                          gint64    *ret_n,
                          guint8     ret_digest[32],
                          GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/** Within a transaction of the caller's. */
gboolean mado_alarm_insert (MadoDatabase *database,
                            const char   *code,
                            gint64        at,
                            const char   *detail,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

extern const char *const mado_terminal_steps[];
extern const guint       mado_terminal_n_steps;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoLine, mado_line_free)
