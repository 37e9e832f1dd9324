/* app/store/store.h - the terminal's store: every application of this terminal, in one file.
 *
 * All calls block on the disk and may be made from any thread, one at a time (the store holds its
 * own mutex). What returns TRUE is on the disk. Besides what a call names, each may fail with
 * %MADO_STORE_ERROR_FULL, _IO, _NOT_WRITABLE or _DAMAGED; then nothing has changed.
 */
#pragma once
#include "app/base/clock.h"
#include "app/domain/application.h"
#include "app/store/line.h"

typedef struct _MadoStore MadoStore;

typedef struct {
  const char *dir;      /* the state directory; made when it is not there */
  const char *holder;   /* terminal id, in every header */
  GBytes     *kek;      /* 32 octets; wraps the keys of applications */
  gboolean    box_only; /* a kiosk: keys are boxed for the centre and never kept for reading */
  MadoClock  *clock;    /* stays the caller's, must outlive the store */
} MadoStoreOptions;

/**
 * mado_store_open:
 *
 * Opens or makes the store. A file that fails its check is renamed and a new one begun: the new
 * one has an alarm `damaged` that names the old, and so does mado_store_set_aside().
 *
 * Returns: (transfer full): %NULL with %MADO_STORE_ERROR_HELD (another program has it), _NEWER
 *   (written by a newer version), _KEY (another @kek), _REFUSED (lines of another terminal)
 */
MadoStore *mado_store_open (const MadoStoreOptions *options,
                            GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void       mado_store_free (MadoStore *store);

/** Name of the damaged file that was set aside at this opening, or %NULL. */
const char *mado_store_set_aside (MadoStore *store);

/* One event to be written. */
typedef struct {
  const char *type;
  const char *actor;
  JsonObject *body;
} MadoAct;

/**
 * mado_store_act:
 * @expect: seq the caller has seen; 0 for a birth
 * @click: UUID made with the page; of a birth the application's id
 * @acts: @n_acts events of this click, at least one
 * @give: the sitting is over: the line gets its place in the journal and goes to the outbox
 * @ret_application: (out) (optional) (transfer full): what the line is now
 *
 * The one way to write: all events of the click or none, in one transaction and one disk sync.
 * The same click again gives the first answer again and writes nothing.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_MOVED (other events after @expect), _FOLD (an event is
 *   wrong there; the message ends in the fault's name), _REFUSED (given already, a body too long, a
 *   birth under another click), _KEY (a kiosk without the centre's box key, or the line's key is
 *   gone), _NOT_FOUND
 */
gboolean mado_store_act (MadoStore        *store,
                         const char       *application,
                         gint64            expect,
                         const char       *click,
                         const MadoAct    *acts,
                         gsize             n_acts,
                         gboolean          give,
                         MadoApplication **ret_application,
                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/** The sitting is over without a further event; nothing happens to a line given before. */
gboolean mado_store_give (MadoStore  *store,
                          const char *application,
                          GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** The application; %NULL with %MADO_STORE_ERROR_NOT_FOUND, or _KEY when its key is gone. */
MadoApplication *mado_store_read (MadoStore  *store,
                                  const char *application,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  char            *application;
  char            *state;   /* newest known here, the centre's included */
  gint64           seq;     /* of the line here */
  const char      *sync;    /* "home", "given", "stored", "quarantined", "backed-up" */
  char            *code;    /* why the centre refused it, or %NULL */
  gint64           time;    /* of the first event, Unix milliseconds */
  MadoApplication *content; /* %NULL when the key is gone */
} MadoStoreRow;

void mado_store_row_free (MadoStoreRow *row);

/** (element-type MadoStoreRow): every line here, newest first. */
GPtrArray *mado_store_list (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_store_outbox:
 *
 * Lines to give in the order of the journal: at most @max_lines and, after the first, @max_octets
 * of sealed bodies. Lines without a box wait for mado_store_set_box_key(). A line that no request
 * could hold (MADO_LINE_MAX_EVENTS, MADO_LINE_GIVE_OCTETS) is set aside with an alarm, as if the
 * centre had refused it `too_large`, so that it holds up nobody.
 *
 * Returns: (transfer full) (element-type MadoGivenLine)
 */
GPtrArray *mado_store_outbox (MadoStore *store, guint max_lines, gsize max_octets, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** How many lines wait for the centre; 0 also when the store cannot tell. */
guint mado_store_waiting (MadoStore *store);

/** Heads shown by the centre since the last backup: they go along after a new epoch. */
GPtrArray *mado_store_seen (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Newest place of this terminal's journal: generation, place (0: none) and running digest. */
gboolean mado_store_checkpoint (MadoStore *store,
                                gint64    *ret_g,
                                gint64    *ret_n,
                                guint8     ret_digest[32],
                                GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where this terminal stands towards the centre. */
typedef struct {
  gint64   epoch;     /* 0: never heard of one */
  gint64   anchor_at; /* newest place of the centre's journal seen; 0 with a digest of zeros */
  guint8   anchor_digest[32];
  gint64   g;          /* generation of the terminal's journal, from 1 */
  gint64   last_sync;  /* Unix milliseconds; 0: never */
  char    *box_key;    /* id of the centre's box key, or %NULL */
  GBytes  *box_public; /* 32 octets, or %NULL */
  gboolean tell_seen;  /* the next request shows mado_store_seen() */
} MadoStorePlace;

MadoStorePlace *mado_store_place (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            mado_store_place_free (MadoStorePlace *place);

/** The centre's box key: kept, and every line that has no box yet gets one. */
gboolean mado_store_set_box_key (MadoStore  *store,
                                 const char *id,
                                 GBytes     *public_key,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_store_apply:
 *
 * What the centre answered to the newest request, in the one transaction that moves the anchor.
 * Then the log is emptied, so that nothing deleted is left in it; when only that fails the answer
 * has been taken all the same, and applying it again is harmless.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_EPOCH when the answer is of another epoch
 */
gboolean mado_store_apply (MadoStore            *store,
                           const MadoSyncAnswer *answer,
                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/** 409 `epoch`: the centre was put back; everything not yet backed up goes again. */
gboolean
mado_store_new_epoch (MadoStore *store, gint64 epoch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** 409 `journal`: this disk was put back; kept lines get new places under generation @g. */
gboolean
mado_store_new_generation (MadoStore *store, gint64 g, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_store_verify:
 *
 * Reads every line and every journal and checks digests, places and, where the key is here, the
 * bodies and the fold.
 *
 * Returns: (transfer full): `{"ok":true,"lines":3,"events":7,"journal":{"g":1,"n":3,"digest":"…"},
 *   "first_bad":null}`; a first bad place is `{"application","seq","what"}` or `{"g","n","what"}`
 */
JsonObject *mado_store_verify (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  char  *code;
  gint64 at; /* Unix milliseconds */
  char  *detail;
} MadoStoreAlarm;

void mado_store_alarm_free (MadoStoreAlarm *alarm);

/** Notes something a person must look at; @detail holds nothing personal. */
gboolean mado_store_alarm (MadoStore *store, const char *code, const char *detail, GError **error);

/** (element-type MadoStoreAlarm): alarms nobody has seen yet, oldest first. */
GPtrArray *mado_store_alarms (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Somebody has seen all alarms there are. */
gboolean mado_store_silence (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_store_tidy:
 *
 * Moves the write-ahead log into the file and empties it, and makes what the next birth can have
 * ready made. Now and then, on a worker: acts never do the former themselves, so that each costs
 * one disk sync.
 */
gboolean mado_store_tidy (MadoStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoStore, mado_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoStoreRow, mado_store_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoStorePlace, mado_store_place_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoStoreAlarm, mado_store_alarm_free)
