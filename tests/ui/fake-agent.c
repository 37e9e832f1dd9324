#include "tests/ui/fake-agent.h"

#include "app/agent/dbus/agent-dbus.h"
#include "app/base/secret.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#define PATH "/jp/madoguchi/Agent"

struct _FakeAgent {
  GDBusServer *server;
  GPtrArray   *lines; /* GDBusConnection */
  GPtrArray   *sessions, *offices;
  char        *state, *status, *applications;
  GString     *log;
  MadoFailure  refuse;
};

static char *
load (const char *kind, const char *name)
{
  g_autofree char *path = g_strdup_printf ("tests/ui/data/%s%s.json", kind, name);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

void
fake_agent_say (FakeAgent *agent, const char *name)
{
  g_free (agent->state);
  agent->state = load ("state-", name);
  for (guint i = 0; i < agent->sessions->len; i++)
    mado_dbus_session1_emit_changed (agent->sessions->pdata[i], agent->state);
}

void
fake_agent_say_status (FakeAgent *agent, const char *name)
{
  g_free (agent->status);
  agent->status = load ("", name);
  for (guint i = 0; i < agent->offices->len; i++)
    mado_dbus_agent1_emit_status_changed (agent->offices->pdata[i], agent->status);
}

void
fake_agent_say_applications (FakeAgent *agent, const char *name)
{
  g_free (agent->applications);
  agent->applications = load ("", name);
}

void
fake_agent_refuse_next (FakeAgent *agent, MadoFailure failure)
{
  agent->refuse = failure;
}

const char *
fake_agent_log (FakeAgent *agent)
{
  return agent->log->str;
}

/* Whether the call was answered with the failure asked for. */
static gboolean
refused (FakeAgent *agent, GDBusMethodInvocation *call)
{
  if (agent->refuse == MADO_FAILURE_NONE)
    return FALSE;
  g_autofree char *name
      = g_strdup_printf ("jp.madoguchi.Error.%s", mado_failure_code (agent->refuse));
  agent->refuse = MADO_FAILURE_NONE;
  g_dbus_method_invocation_return_dbus_error (call, name, "{}");
  return TRUE;
}

static gboolean
on_begin (MadoDBusSession1      *session,
          GDBusMethodInvocation *call,
          const char            *method,
          const char            *application,
          FakeAgent             *agent)
{
  if (refused (agent, call))
    return TRUE;
  g_string_append_printf (agent->log, "Begin %s %s\n", method,
                          strlen (application) == 36 ? "uuid" : "none");
  mado_dbus_session1_complete_begin (session, call, agent->state);
  fake_agent_say (agent, "consent");
  return TRUE;
}

static gboolean
on_consent (MadoDBusSession1      *session,
            GDBusMethodInvocation *call,
            const char            *version,
            const char            *how,
            FakeAgent             *agent)
{
  g_string_append_printf (agent->log, "Consent %s %s\n", version, how);
  mado_dbus_session1_complete_consent (session, call);
  fake_agent_say (agent, "card");
  fake_agent_say (agent, "pin");
  return TRUE;
}

static gboolean
on_pin (MadoDBusSession1      *session,
        GDBusMethodInvocation *call,
        GUnixFDList           *list,
        GVariant              *handle,
        gboolean               spend,
        FakeAgent             *agent)
{
  g_autoptr (MadoSecret) pin = mado_secret_new (NULL);
  int fd = g_unix_fd_list_get (list, g_variant_get_handle (handle), NULL);

  g_assert_true (mado_secret_read_fd (pin, fd, NULL));
  close (fd);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, mado_secret_data (pin),
                                                         mado_secret_len (pin));
  g_string_append_printf (agent->log, "Pin %d %.8s %s\n", (int)mado_secret_len (pin), digest,
                          spend ? "spend" : "keep");
  mado_dbus_session1_complete_pin (session, call, NULL);
  fake_agent_say (agent, "checking");
  fake_agent_say (agent, "person");
  return TRUE;
}

static gboolean
on_person_seen (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  g_string_append (agent->log, "PersonSeen\n");
  mado_dbus_session1_complete_person_seen (session, call);
  fake_agent_say (agent, "contact");
  return TRUE;
}

static gboolean
on_contact (MadoDBusSession1      *session,
            GDBusMethodInvocation *call,
            const char            *fields,
            FakeAgent             *agent)
{
  g_string_append_printf (agent->log, "Contact %s\n", fields);
  if (refused (agent, call)) {
    fake_agent_say (agent, "contact-wrong");
    return TRUE;
  }
  mado_dbus_session1_complete_contact (session, call);
  fake_agent_say (agent, "confirm");
  return TRUE;
}

static gboolean
on_confirm (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  g_string_append (agent->log, "Confirm\n");
  mado_dbus_session1_complete_confirm (session, call);
  fake_agent_say (agent, "signing");
  fake_agent_say (agent, "done");
  return TRUE;
}

static gboolean
on_back (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  g_string_append (agent->log, "Back\n");
  mado_dbus_session1_complete_back (session, call);
  fake_agent_say (agent, "person");
  return TRUE;
}

static gboolean
on_retry (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  g_string_append (agent->log, "Retry\n");
  mado_dbus_session1_complete_retry (session, call);
  fake_agent_say (agent, "card");
  return TRUE;
}

static gboolean
on_cancel (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  g_string_append (agent->log, "Cancel\n");
  mado_dbus_session1_complete_cancel (session, call);
  fake_agent_say (agent, "idle");
  return TRUE;
}

static gboolean
on_get_state (MadoDBusSession1 *session, GDBusMethodInvocation *call, FakeAgent *agent)
{
  mado_dbus_session1_complete_get_state (session, call, agent->state);
  return TRUE;
}

static gboolean
on_status (MadoDBusAgent1 *office, GDBusMethodInvocation *call, FakeAgent *agent)
{
  mado_dbus_agent1_complete_status (office, call, agent->status);
  return TRUE;
}

static gboolean
on_applications (MadoDBusAgent1        *office,
                 GDBusMethodInvocation *call,
                 const char *query      G_GNUC_UNUSED,
                 FakeAgent             *agent)
{
  mado_dbus_agent1_complete_applications (office, call, agent->applications);
  return TRUE;
}

static void
serve_session (FakeAgent *agent, GDBusConnection *line)
{
  MadoDBusSession1 *session = mado_dbus_session1_skeleton_new ();

  g_signal_connect (session, "handle-begin", G_CALLBACK (on_begin), agent);
  g_signal_connect (session, "handle-consent", G_CALLBACK (on_consent), agent);
  g_signal_connect (session, "handle-pin", G_CALLBACK (on_pin), agent);
  g_signal_connect (session, "handle-person-seen", G_CALLBACK (on_person_seen), agent);
  g_signal_connect (session, "handle-contact", G_CALLBACK (on_contact), agent);
  g_signal_connect (session, "handle-confirm", G_CALLBACK (on_confirm), agent);
  g_signal_connect (session, "handle-back", G_CALLBACK (on_back), agent);
  g_signal_connect (session, "handle-retry", G_CALLBACK (on_retry), agent);
  g_signal_connect (session, "handle-cancel", G_CALLBACK (on_cancel), agent);
  g_signal_connect (session, "handle-get-state", G_CALLBACK (on_get_state), agent);
  g_assert_true (
      g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (session), line, PATH, NULL));
  g_ptr_array_add (agent->sessions, session);
}

static gboolean
on_line (GDBusServer *server G_GNUC_UNUSED, GDBusConnection *line, FakeAgent *agent)
{
  MadoDBusAgent1 *office = mado_dbus_agent1_skeleton_new ();

  g_dbus_connection_set_exit_on_close (line, FALSE);
  serve_session (agent, line);
  g_signal_connect (office, "handle-status", G_CALLBACK (on_status), agent);
  g_signal_connect (office, "handle-applications", G_CALLBACK (on_applications), agent);
  g_assert_true (
      g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (office), line, PATH, NULL));
  g_ptr_array_add (agent->offices, office);
  g_ptr_array_add (agent->lines, g_object_ref (line));
  return TRUE;
}

FakeAgent *
fake_agent_new (const char *socket)
{
  FakeAgent       *agent = g_new0 (FakeAgent, 1);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autofree char *address = g_strconcat ("unix:path=", socket, NULL);
  g_autoptr (GError) error = NULL;

  agent->lines = g_ptr_array_new_with_free_func (g_object_unref);
  agent->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  agent->offices = g_ptr_array_new_with_free_func (g_object_unref);
  agent->log = g_string_new (NULL);
  agent->state = load ("state-", "idle");
  agent->status = load ("", "status");
  agent->applications = load ("", "applications");
  agent->server
      = g_dbus_server_new_sync (address, G_DBUS_SERVER_FLAGS_NONE, guid, NULL, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (agent->server, "new-connection", G_CALLBACK (on_line), agent);
  g_dbus_server_start (agent->server);
  return agent;
}

void
fake_agent_free (FakeAgent *agent)
{
  g_dbus_server_stop (agent->server);
  for (guint i = 0; i < agent->lines->len; i++) {
    g_dbus_interface_skeleton_unexport (agent->sessions->pdata[i]);
    g_dbus_interface_skeleton_unexport (agent->offices->pdata[i]);
    g_dbus_connection_close_sync (agent->lines->pdata[i], NULL, NULL);
  }
  g_ptr_array_unref (agent->lines);
  g_ptr_array_unref (agent->sessions);
  g_ptr_array_unref (agent->offices);
  g_object_unref (agent->server);
  g_string_free (agent->log, TRUE);
  g_free (agent->state);
  g_free (agent->status);
  g_free (agent->applications);
  g_free (agent);
}
