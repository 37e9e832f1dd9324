/* app/domain/line.h - all events of one application, and the journal over lines. */
#pragma once
#include "app/domain/event.h"

/** The running digest of a holder's journal:
 *  SHA-256 ("madoguchi/journal/1\n" || @previous || @head), from 32 zero octets. */
void mado_journal_digest (const guint8 previous[MADO_SHA256_LEN],
                          const guint8 head[MADO_SHA256_LEN],
                          guint8       ret_digest[MADO_SHA256_LEN]);

/**
 * mado_line_check:
 * @headers: (element-type JsonObject): in the order given
 * @ret_head: (out): digest of the last header when the line is whole; zeros for an empty one
 *
 * Members, seq, application and previous of each. A changed header shows at the one after it; a
 * tail cut off or changed only against a head kept elsewhere.
 *
 * Returns: 0, or the place (from 1) of the first header that does not belong there
 */
guint mado_line_check (GPtrArray *headers, guint8 ret_head[MADO_SHA256_LEN]);

/**
 * mado_line_follows:
 * @application: (nullable): what the line is of; %NULL before its first event
 * @seq: the line's last, 0 before its first event
 * @head: digest of the line's last header, zeros before its first event
 *
 * Returns: whether @event is the next of that line
 */
gboolean mado_line_follows (const MadoEvent *event,
                            const char      *application,
                            gint64           seq,
                            const guint8     head[MADO_SHA256_LEN]);

typedef enum {
  MADO_LINE_STORED,  /* no such line here yet */
  MADO_LINE_ALREADY, /* equal to the beginning of the line here */
  MADO_LINE_FORK,    /* a line is here, and the one offered differs or is longer */
} MadoLineGift;

/** "stored", "already" or "fork". */
const char *mado_line_gift_name (MadoLineGift gift);

/** Compares a line offered with the one here: both as header digests of 32 octets, one after
 * another. */
MadoLineGift
mado_line_compare (const guint8 *have, gsize n_have, const guint8 *offered, gsize n_offered);
