/* app/domain/fold.h - the left fold over the events of a line; the one table of what may happen. */
#pragma once
#include "app/domain/application.h"
#include "app/domain/event.h"

/* The first check an event fails, in this order. */
typedef enum {
  MADO_FOLD_NONE,
  MADO_FOLD_LINE,      /* not the next seq, another application, or `previous` does not fit */
  MADO_FOLD_HOME,      /* the holder is not (any more) the home */
  MADO_FOLD_TYPE,      /* unknown type */
  MADO_FOLD_STATE,     /* not in this state */
  MADO_FOLD_ACTOR,     /* not by this actor */
  MADO_FOLD_CLAIM,     /* under another's claim */
  MADO_FOLD_FLAGGED,   /* a flag is open */
  MADO_FOLD_NUMBER,    /* has a number already, or has none */
  MADO_FOLD_KIND,      /* a notice that does not fit state, actor or way */
  MADO_FOLD_FIELD,     /* a field that is locked or not allowed here */
  MADO_FOLD_REASON,    /* a reason is missing */
  MADO_FOLD_REFERENCE, /* a flag that is not open, or not this actor's to set or clear */
} MadoFoldFault;

/** "line", "home" and so on; %NULL for %MADO_FOLD_NONE. */
const char *mado_fold_fault_name (MadoFoldFault fault);

/**
 * mado_fold_step:
 * @application: moved on by @event; untouched when the event is wrong
 * @event: with its body; no body counts as an empty one
 * @ret_fault: (out) (optional): why not; %MADO_FOLD_NONE when all is well
 *
 * Pure: no clock, no order but the line's own.
 *
 * Returns: whether @event may stand here
 */
gboolean mado_fold_step (MadoApplication *application,
                         const MadoEvent *event,
                         MadoFoldFault   *ret_fault) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_fold:
 * @events: (element-type MadoEvent): the whole line in order
 * @ret_seq: (out) (optional): place of the first wrong event, 0 when all is well
 *
 * Returns: (transfer full): the application, or %NULL with @ret_fault
 */
MadoApplication *mado_fold (GPtrArray *events, MadoFoldFault *ret_fault, gint64 *ret_seq);

/** Whether @type is in the table. */
gboolean mado_fold_knows_type (const char *type);

/* Field names, %NULL-terminated: what a person types, what only the card says. */
const char *const *mado_fold_typed_fields (void);
const char *const *mado_fold_card_fields (void);
