/* app/agent/peer-parts.h - a connection from inside: shared by the files peer*.c alone. */
#pragma once
#include "app/agent/dbus/agent-dbus.h"
#include "app/agent/peer.h"
#include "app/agent/problem.h"

#include <gio/gunixfdlist.h>

struct _MadoPeer {
  GDBusConnection  *connection;
  MadoRole          role;
  MadoBusParts      parts;
  MadoDBusSession1 *session;
  MadoDBusAgent1   *agent;
  MadoPeerGone      gone;
  gpointer          data;
};

/** Answers with the D-Bus error of the problem; its message is the error object as JSON. */
void mado_peer_refuse_with (GDBusMethodInvocation *invocation, const MadoProblem *problem);
void mado_peer_refuse (GDBusMethodInvocation *invocation, const GError *error);

/** The descriptor a call carries, the caller's now; -1 with an answer already given. */
int mado_peer_take_fd (GDBusMethodInvocation *invocation, GUnixFDList *fds, GVariant *handle);

/** Connects the calls of Session1 (peer-session.c) and of Agent1 (peer-agent.c). */
void mado_peer_connect_session (MadoPeer *peer);
void mado_peer_connect_agent (MadoPeer *peer);
