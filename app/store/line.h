/* app/store/line.h - a line on its way to the centre, and what the centre says of it. */
#pragma once
#include <glib.h>

/* What a line may have and still be given: sealed octets become a third longer as text, deflate to
 * what they were, and a request has one MiB. */
#define MADO_LINE_MAX_EVENTS 1000
#define MADO_LINE_GIVE_OCTETS (768 * 1024)

/* One event as it travels: the receiver rebuilds its header. */
typedef struct {
  char   *actor;
  char   *type;
  gint64  time;   /* Unix milliseconds, the holder's clock */
  GBytes *sealed; /* the body's octets as the header's digest has them */
} MadoGivenEvent;

/* A whole line as a terminal gives it. Of an erased line only place and head are left: no box, no
 * events. */
typedef struct {
  char      *application; /* UUID */
  gint64     n;           /* place in the terminal's journal */
  guint8     head[32];    /* digest of the newest event */
  char      *box_key;     /* id of the centre's key pair; %NULL of an erased line */
  GBytes    *box_epk;     /* 32 octets */
  GBytes    *boxed;       /* 48 octets */
  GPtrArray *events;      /* MadoGivenEvent, seq 1 first */
  char      *unreadable;  /* JSON text of a line that is not of its form; else %NULL */
} MadoGivenLine;

/* What the centre answers to one given line. */
typedef struct {
  char *application;
  char *answer; /* "stored", "already", "fork" or "refused" */
  char
      *reason; /* of "refused": "schema", "digest", "fold:FAULT", "too_large", "no_key", "purged" */
  gint64 at;   /* place in the centre's journal; 0 for none */
  char  *state; /* at the centre; %NULL when it has no such line */
} MadoLineAnswer;

/* A line that changed at the centre after the anchor. */
typedef struct {
  char  *application;
  gint64 seq;
  guint8 head[32];
  char  *state;
} MadoLineChange;

/* The answer to one sync request. */
typedef struct {
  gint64     epoch;
  gint64     anchor_at; /* place in the centre's journal; 0 = nothing yet, digest all zero */
  guint8     anchor_digest[32];
  gint64     backed_up; /* place that both newest backups contain */
  gint64     time;      /* the centre's clock, Unix milliseconds */
  GPtrArray *answers;   /* MadoLineAnswer */
  GPtrArray *changed;   /* MadoLineChange */
} MadoSyncAnswer;

void mado_given_event_free (MadoGivenEvent *event);
void mado_given_line_free (MadoGivenLine *line);
void mado_line_answer_free (MadoLineAnswer *answer);
void mado_line_change_free (MadoLineChange *change);

/** Both lists empty, everything else zero. */
MadoSyncAnswer *mado_sync_answer_new (void);
void            mado_sync_answer_free (MadoSyncAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoGivenEvent, mado_given_event_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoGivenLine, mado_given_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoLineAnswer, mado_line_answer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoLineChange, mado_line_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSyncAnswer, mado_sync_answer_free)
