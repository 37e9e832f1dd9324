/* app/agent/office.h - what every sitting shares: settings, store, trust, and the threads that
 * block. */
#pragma once
#include "app/agent/card-desk.h"
#include "app/agent/settings.h"
#include "app/agent/worker.h"
#include "app/authservice/service.h"
#include "app/base/clock.h"
#include "app/store/store.h"

typedef struct {
  MadoSettings    *settings;
  char            *state_dir;
  MadoClock       *clock;
  MadoStore       *store;
  GPtrArray       *anchors; /* MadoCert; never changed while the office is open */
  MadoAuthService *auth;
  MadoTrace       *trace;
  MadoCardDesk    *desk;     /* belongs to the card worker */
  MadoWorker      *card;     /* everything that talks to a card */
  MadoWorker      *network;  /* questions to the public authentication service */
  MadoWorker      *disk;     /* everything that asks or writes the store for somebody waiting */
  MadoWorker      *exchange; /* sync and enrolment: may wait long for the centre */
} MadoOffice;

/**
 * mado_office_open:
 * @settings: (transfer full):
 * @trace_path: (nullable): where APDUs are written down
 *
 * The state directory's lock comes first: of two agents on one directory the second stops here
 * with %MADO_STORE_ERROR_HELD. Blocks (files).
 */
MadoOffice *mado_office_open (MadoSettings *settings,
                              const char   *state_dir,
                              const char   *trace_path,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_office_close:
 * @until: monotonic time all threads together may take
 *
 * Returns: %FALSE when a thread is stuck (a hung card): nothing was freed, end the process
 */
gboolean mado_office_close (MadoOffice *office, gint64 until);

/**
 * mado_office_check_room:
 *
 * Whether the disk has room for one more application: asked before a PIN is, so that nobody spends
 * a try on an application that cannot be kept.
 *
 * Returns: %FALSE with %MADO_FAILURE_DISK_FULL or %MADO_FAILURE_STORE
 */
gboolean mado_office_check_room (const MadoOffice *office, GError **error);

/** The 32 octets at @path; %NULL with %MADO_FAILURE_FILE. */
GBytes *mado_office_load_kek (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
