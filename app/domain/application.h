/* app/domain/application.h - what the events of one application add up to. */
#pragma once
#include "app/base/digest.h"

#include <json-glib/json-glib.h>

typedef enum {
  MADO_STATE_NONE, /* no event yet */
  MADO_STATE_DRAFT,
  MADO_STATE_MAIL_WAIT,
  MADO_STATE_RECEIVED,
  MADO_STATE_REVIEWING,
  MADO_STATE_RETURNED,
  MADO_STATE_PROVISIONAL,
  MADO_STATE_ACCEPTED,
  MADO_STATE_NUMBERED,
  MADO_STATE_COMPLETED,
  MADO_STATE_REJECTED,
  MADO_STATE_WITHDRAWN,
  MADO_STATE_PURGED,
  MADO_STATE_LAST_ENTRY,
} MadoState;

/** "draft", "mail_wait" and so on; %NULL for %MADO_STATE_NONE. */
const char *mado_state_name (MadoState state);

/** The state of that name; %MADO_STATE_NONE for %NULL and for a name nobody knows. */
MadoState mado_state_from_name (const char *name);

/* A plain value. Lists are sorted and hold each text once. */
typedef struct {
  char       *id; /* (nullable): UUID, from the first event on */
  MadoState   state;
  char       *home; /* (nullable): who may write next, besides "S": holder of seq 1, then "S" */
  gint64      seq;
  guint8      head[MADO_SHA256_LEN]; /* digest of the last header; zeros before the first */
  JsonObject *fields;                /* card and typed fields */
  char       *number;                /* (nullable): library number */
  char       *claim;                 /* (nullable): actor who is reviewing */
  GPtrArray  *marked;                /* char*: fields to be corrected while `returned` */
  GPtrArray  *flags;                 /* char*: open flags, "flag" or "flag ref" */
  GPtrArray  *told;                  /* char*: "completed 00012345", "rejected", "returned" */
  JsonObject *tombstone;             /* (nullable): all that a purge leaves */
} MadoApplication;

/** No events yet. */
MadoApplication *mado_application_new (void);
MadoApplication *mado_application_copy (const MadoApplication *application);
void             mado_application_free (MadoApplication *application);

/** Members state, home, seq, fields, number, claim, marked, flags, told, tombstone: as the fold's
 *  vectors have them. */
JsonObject *mado_application_to_json (const MadoApplication *application);

/** Whether that exact flag ("same_person 0192…") is open. */
gboolean mado_application_has_flag (const MadoApplication *application, const char *flag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoApplication, mado_application_free)
