#include "app/agent/enrolment.h"
#include "app/agent/lookup.h"
#include "app/agent/peer-parts.h"
#include "app/agent/secret-pipe.h"

/* One question to the store, on the disk worker. The invocation keeps its connection alive, so the
 * answer needs no peer. */
typedef struct {
  MadoStore             *store;
  GDBusMethodInvocation *invocation;
  char                  *argument;
  char *(*ask) (MadoStore *store, const char *argument, GError **error);
  char   *answer;
  GError *error;
} Question;

static void
question_work (gpointer data)
{
  Question *question = data;

  question->answer = question->ask (question->store, question->argument, &question->error);
}

/* An empty answer is that of a method without one. */
static GVariant *
answer_of (const Question *question)
{
  return *question->answer != '\0' ? g_variant_new ("(s)", question->answer) : NULL;
}

static void
on_answered (gpointer data)
{
  g_autofree Question *question = data;

  if (question->answer != NULL)
    g_dbus_method_invocation_return_value (question->invocation, answer_of (question));
  else
    mado_peer_refuse (question->invocation, question->error);
  g_clear_error (&question->error);
  g_free (question->argument);
  g_free (question->answer);
}

static char *
ask_verify (MadoStore *store, G_GNUC_UNUSED const char *argument, GError **error)
{
  return mado_lookup_verify (store, error);
}

static gboolean
ask_store (MadoPeer              *peer,
           GDBusMethodInvocation *invocation,
           const char            *argument,
           char *(*ask) (MadoStore *, const char *, GError **))
{
  Question *question = g_new0 (Question, 1);

  question->store = peer->parts.office->store;
  question->invocation = invocation;
  question->argument = g_strdup (argument);
  question->ask = ask;
  mado_worker_push (peer->parts.office->disk, question_work, on_answered, question);
  return TRUE;
}

static gboolean
on_applications (G_GNUC_UNUSED MadoDBusAgent1 *agent,
                 GDBusMethodInvocation        *invocation,
                 const char                   *query,
                 MadoPeer                     *peer)
{
  return ask_store (peer, invocation, query, mado_lookup_applications);
}

static gboolean
on_show (G_GNUC_UNUSED MadoDBusAgent1 *agent,
         GDBusMethodInvocation        *invocation,
         const char                   *application,
         MadoPeer                     *peer)
{
  return ask_store (peer, invocation, application, mado_lookup_show);
}

static gboolean
on_journal_verify (G_GNUC_UNUSED MadoDBusAgent1 *agent,
                   GDBusMethodInvocation        *invocation,
                   MadoPeer                     *peer)
{
  return ask_store (peer, invocation, "", ask_verify);
}

static char *
ask_silence (MadoStore *store, G_GNUC_UNUSED const char *argument, GError **error)
{
  return mado_store_silence (store, error) ? g_strdup ("") : NULL;
}

static gboolean
on_alarms_seen (G_GNUC_UNUSED MadoDBusAgent1 *agent,
                GDBusMethodInvocation        *invocation,
                MadoPeer                     *peer)
{
  return ask_store (peer, invocation, "", ask_silence);
}

/* Counted afresh, so that an application just stored is in the figures. */
typedef struct {
  MadoStatus            *status;
  GDBusMethodInvocation *invocation;
} StatusCall;

static void
on_status_counted (gpointer data)
{
  g_autofree StatusCall *call = data;
  g_autofree char       *text = mado_status_document (call->status);

  g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(s)", text));
}

static gboolean
on_status (G_GNUC_UNUSED MadoDBusAgent1 *agent, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  StatusCall *call = g_new0 (StatusCall, 1);

  *call = (StatusCall){ peer->parts.status, invocation };
  mado_status_count (peer->parts.status, on_status_counted, call);
  return TRUE;
}

static void
on_exchanged (const char *result, const GError *error, gpointer data)
{
  GDBusMethodInvocation *invocation = data;

  if (error != NULL)
    mado_peer_refuse (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", result));
}

static gboolean
on_sync (G_GNUC_UNUSED MadoDBusAgent1 *agent, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  mado_exchange_run (peer->parts.exchange, on_exchanged, invocation);
  return TRUE;
}

typedef struct {
  MadoOffice            *office;
  MadoExchange          *exchange;
  GDBusMethodInvocation *invocation;
  char                  *server, *terminal;
} EnrolCall;

static void
on_password (MadoSecret *password, const GError *error, gpointer data)
{
  g_autofree EnrolCall *call = data;

  if (password != NULL)
    mado_enrolment_run (call->office, call->exchange, call->server, call->terminal, password,
                        on_exchanged, call->invocation);
  else
    mado_peer_refuse (call->invocation, error);
  g_free (call->server);
  g_free (call->terminal);
}

static gboolean
on_enrol (G_GNUC_UNUSED MadoDBusAgent1 *agent,
          GDBusMethodInvocation        *invocation,
          GUnixFDList                  *fds,
          const char                   *server,
          const char                   *terminal,
          GVariant                     *password,
          MadoPeer                     *peer)
{
  g_autoptr (GError) error = NULL;
  int        fd = mado_peer_take_fd (invocation, fds, password);
  EnrolCall *call;

  if (fd < 0)
    return TRUE;
  call = g_new0 (EnrolCall, 1);
  *call = (EnrolCall){ peer->parts.office, peer->parts.exchange, invocation, g_strdup (server),
                       g_strdup (terminal) };
  if (mado_secret_pipe_read (fd, on_password, call, &error) == NULL) {
    mado_peer_refuse (invocation, error);
    g_free (call->server);
    g_free (call->terminal);
    g_free (call);
  }
  return TRUE;
}

void
mado_peer_connect_agent (MadoPeer *peer)
{
  static const struct {
    const char *signal;
    GCallback   handler;
  } calls[] = {
    { "handle-status", G_CALLBACK (on_status) },
    { "handle-applications", G_CALLBACK (on_applications) },
    { "handle-show", G_CALLBACK (on_show) },
    { "handle-sync", G_CALLBACK (on_sync) },
    { "handle-enrol", G_CALLBACK (on_enrol) },
    { "handle-journal-verify", G_CALLBACK (on_journal_verify) },
    { "handle-alarms-seen", G_CALLBACK (on_alarms_seen) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_signal_connect (peer->agent, calls[i].signal, calls[i].handler, peer);
}
