/* app/store/centre-inner.h - what the files of the centre's store share. Private to the room. */
#pragma once
#include "app/store/centre.h"
#include "app/store/events.h"
#include "app/store/vault.h"

struct _MadoCentre {
  GMutex        mutex;
  MadoDatabase *data;
  MadoVault    *vault;
  MadoClock    *clock;
};

/** Both transactions, vault first: that order everywhere, so no two processes wait in a ring. */
gboolean mado_centre_begin (MadoCentre *centre, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Vault first: a key without a line harms nobody, a line without its key is lost. */
gboolean
mado_centre_end (MadoCentre *centre, gboolean good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One row of table line. */
typedef struct {
  char  *application;
  gint64 seq;
  guint8 head[32];
  char  *state;
} MadoCentreLine;

void mado_centre_line_free (MadoCentreLine *line);

/** @ret_line is %NULL when there is no such line. */
gboolean mado_centre_line_load (MadoCentre      *centre,
                                const char      *application,
                                MadoCentreLine **ret_line,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/** The fold, with the key from the vault. */
MadoApplication *mado_centre_line_fold (MadoCentre     *centre,
                                        MadoCentreLine *line,
                                        GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/** What a line is without its bodies: enough for a purge, and all that is left after one. */
MadoApplication *mado_centre_line_bare (const MadoCentreLine *line);

/** Inserts or replaces the line's row by what @application is now. */
gboolean mado_centre_line_write (MadoCentre            *centre,
                                 const MadoApplication *application,
                                 const char            *branch,
                                 gint64                 submitted_at,
                                 GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/** Newest place: 0 and zeros for an empty journal. */
gboolean mado_centre_place_last (MadoCentre *centre,
                                 gint64     *ret_n,
                                 guint8      ret_digest[32],
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** A place for @head; @ret_n is that place. */
gboolean mado_centre_place_append (MadoCentre  *centre,
                                   const char  *application,
                                   const guint8 head[32],
                                   gint64      *ret_n,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_append:
 * @now: what the line is; moved on
 *
 * Within a transaction: the centre's one way to write an event of its own, actor `server`. Sealed
 * (a tombstone is plain), checked by the fold, with its row and its place in the journal.
 */
gboolean mado_centre_append (MadoCentre      *centre,
                             MadoApplication *now,
                             const char      *type,
                             JsonObject      *body,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_flag:
 *
 * Within a transaction: the centre itself flags a line. An open flag of that name, or a line whose
 * key is gone, stays as it is.
 */
gboolean mado_centre_flag (MadoCentre *centre,
                           const char *application,
                           const char *flag,
                           const char *ref,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean mado_centre_alarm (MadoCentre *centre,
                            const char *code,
                            const char *detail,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** Purges again what the ledger says and the lines do not: data older than the vault. */
gboolean mado_centre_purge_again (MadoCentre *centre, GError **error) G_GNUC_WARN_UNUSED_RESULT;

extern const char *const mado_centre_steps[];
extern const guint       mado_centre_n_steps;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCentreLine, mado_centre_line_free)
