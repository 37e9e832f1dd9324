/* app/store/centre.h - the centre's store: data that may be restored, and a vault that never goes
 * back.
 *
 * The data file has the lines of all terminals and one journal over them. The vault has keys, the
 * purge ledger, the epoch and the terminals; every commit of it is mirrored to a second file. All
 * calls block on the disk and may be made from any thread and beside another process. Besides what
 * a call names, each may fail with %MADO_STORE_ERROR_FULL, _IO, _NOT_WRITABLE or _DAMAGED.
 */
#pragma once
#include "app/base/clock.h"
#include "app/domain/application.h"
#include "app/store/line.h"

typedef struct _MadoCentre MadoCentre;

/**
 * mado_centre_open:
 * @dir: the state directory; made when it is not there
 * @kek: 32 octets; wraps what the vault keeps
 * @clock: stays the caller's, must outlive the centre
 *
 * Returns: (transfer full): %NULL with %MADO_STORE_ERROR_NEWER, _KEY (another @kek), _REFUSED (the
 *   vault is older than its mirror)
 */
MadoCentre *mado_centre_open (const char *dir, GBytes *kek, MadoClock *clock, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** As mado_centre_open() with the vault's mirror in @mirror_dir, another disk. */
MadoCentre *mado_centre_open_mirrored (const char *dir,
                                       const char *mirror_dir,
                                       GBytes     *kek,
                                       MadoClock  *clock,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_centre_free (MadoCentre *centre);

/** The key terminals box for: its id and the public half, 32 octets. */
const char *mado_centre_box_key (MadoCentre *centre, GBytes **ret_public);

/** The vault's epoch, from 1. */
gboolean
mado_centre_epoch (MadoCentre *centre, gint64 *ret_epoch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_check_anchor:
 * @epoch: as the request has it
 *
 * Before anything is stored. An @epoch that is not ours is refused; an anchor of our epoch that is
 * not in the journal means that the data was put back: the epoch is raised.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_EPOCH; then @reterr_epoch is the one to answer
 */
gboolean mado_centre_check_anchor (MadoCentre  *centre,
                                   gint64       epoch,
                                   gint64       anchor_at,
                                   const guint8 anchor_digest[32],
                                   gint64      *reterr_epoch,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_receive:
 * @terminal: id out of the certificate
 * @g: generation of the terminal's journal
 * @lines: (element-type MadoGivenLine)
 * @ret_answers: (out) (transfer full) (element-type MadoLineAnswer): one a line, in order
 * @reterr_g: (out): the generation the terminal must go on with
 *
 * Each line is judged alone; a refused one holds up nobody. When this returns %TRUE every "stored"
 * is on the disk.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_JOURNAL, nothing stored, when another head is at one of
 *   these places already
 */
gboolean mado_centre_receive (MadoCentre *centre,
                              const char *terminal,
                              gint64      g,
                              GPtrArray  *lines,
                              GPtrArray **ret_answers,
                              gint64     *reterr_g,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_note_seen:
 * @seen: (element-type MadoLineChange): heads a terminal was shown
 *
 * A head that is not in its line here was lost by a restore: it is listed, and the line flagged.
 */
gboolean mado_centre_note_seen (MadoCentre *centre,
                                const char *terminal,
                                GPtrArray  *seen,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_changes:
 *
 * Fills epoch, anchor, backed_up, time and changed of @fill with what came after the anchor, in
 * portions: the new anchor is the next cursor.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_EPOCH as mado_centre_check_anchor()
 */
gboolean mado_centre_changes (MadoCentre     *centre,
                              gint64          anchor_at,
                              const guint8    anchor_digest[32],
                              MadoSyncAnswer *fill,
                              GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/** Keeps a terminal's signed checkpoint (its signature was checked by the caller). */
gboolean mado_centre_keep_checkpoint (MadoCentre  *centre,
                                      const char  *terminal,
                                      gint64       g,
                                      gint64       n,
                                      const guint8 digest[32],
                                      GBytes      *signature,
                                      gint64       anchor_at,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** Both newest backups contain the journal up to @n and were verified; never goes back. */
gboolean mado_centre_announce_backup (MadoCentre *centre,
                                      gint64      n,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_is_of_branch:
 * @ret_is: (out): whether @application is here and a terminal of @branch gave it
 */
gboolean mado_centre_is_of_branch (MadoCentre *centre,
                                   const char *application,
                                   const char *branch,
                                   gboolean   *ret_is,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** The application; of a purged one the tombstone. %NULL with %MADO_STORE_ERROR_NOT_FOUND, _KEY. */
MadoApplication *mado_centre_read (MadoCentre *centre,
                                   const char *application,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_centre_purge:
 * @body: the tombstone: `rule`, `outcome`, days and counts, nothing personal
 *
 * Key first, ledger, then the bodies: from the vault's commit on nobody can open the application.
 */
gboolean mado_centre_purge (MadoCentre *centre,
                            const char *application,
                            JsonObject *body,
                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** As mado_store_verify(); `aside` counts what was put aside. */
JsonObject *mado_centre_verify (MadoCentre *centre, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** `{"lines":{"received":3,…},"journal":5,"aside":0,"alarms":0,"terminals":1}` for the metrics. */
JsonObject *mado_centre_counts (MadoCentre *centre, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- terminals --- */

typedef struct {
  char    *id;
  char    *branch;
  gboolean enrolled; /* has a certificate */
  gboolean revoked;
} MadoCentreTerminal;

void mado_centre_terminal_free (MadoCentreTerminal *terminal);

/**
 * mado_centre_add_terminal:
 * @id: 1 to 32 of A-Z a-z 0-9 - _; not "S", which is the centre
 *
 * A new terminal, or a new one-time password for one that must enrol again (a revoked one may
 * then enrol, too).
 *
 * Returns: (transfer full): the password, kept only as a digest; %NULL with
 *   %MADO_STORE_ERROR_REFUSED
 */
char *mado_centre_add_terminal (MadoCentre *centre,
                                const char *id,
                                const char *branch,
                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** Whether the password is right and unused; %FALSE with %MADO_STORE_ERROR_REFUSED. Spends nothing.
 */
gboolean mado_centre_check_password (MadoCentre *centre,
                                     const char *id,
                                     const void *password,
                                     gsize       len,
                                     GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** Spends the password and keeps the certificate's SHA-256; %MADO_STORE_ERROR_REFUSED as above. */
gboolean mado_centre_enrol_terminal (MadoCentre  *centre,
                                     const char  *id,
                                     const void  *password,
                                     gsize        len,
                                     const guint8 fingerprint[32],
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** A known terminal's new certificate in place of the old one; %MADO_STORE_ERROR_NOT_FOUND. */
gboolean mado_centre_renew_terminal (MadoCentre  *centre,
                                     const guint8 old_fingerprint[32],
                                     const guint8 fingerprint[32],
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** From its next request on the terminal is refused; %MADO_STORE_ERROR_NOT_FOUND. */
gboolean mado_centre_revoke_terminal (MadoCentre *centre,
                                      const char *id,
                                      GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** The terminal whose certificate this is; %NULL with %MADO_STORE_ERROR_NOT_FOUND. */
MadoCentreTerminal *mado_centre_terminal_by_certificate (MadoCentre  *centre,
                                                         const guint8 fingerprint[32],
                                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The terminal with that id; %NULL with %MADO_STORE_ERROR_NOT_FOUND. */
MadoCentreTerminal *mado_centre_terminal_by_id (MadoCentre *centre,
                                                const char *id,
                                                GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** (element-type MadoCentreTerminal): all of them, by id. */
GPtrArray *mado_centre_terminals (MadoCentre *centre, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCentre, mado_centre_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCentreTerminal, mado_centre_terminal_free)
