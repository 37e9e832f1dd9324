/* app/central/reply.h - what one request is answered with. */
#pragma once
#include <json-glib/json-glib.h>

typedef struct {
  guint       status;       /* RFC 9110 */
  const char *content_type; /* static */
  GBytes     *body;
  gint64      retry_after;    /* seconds; 0: says nothing */
  const char *challenge;      /* static; %NULL, or the value of WWW-Authenticate */
  const char *transfer_coded; /* static; %NULL, or the value of Content-Transfer-Encoding */
} MadoReply;

/** 200 and @body, which is taken. */
MadoReply *mado_reply_new (const char *content_type, GBytes *body);

/** @status and JSON text, which is taken. */
MadoReply *mado_reply_json (guint status, GBytes *text);

/** @status and {"code","message"}; @message holds nothing personal. */
MadoReply *mado_reply_fault (guint status, const char *code, const char *message);

void mado_reply_free (MadoReply *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoReply, mado_reply_free)
