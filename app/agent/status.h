/* app/agent/status.h - the lights and figures of the home screen. */
#pragma once
#include "app/agent/office.h"

typedef struct _MadoStatus MadoStatus;

typedef void (*MadoStatusChanged) (gpointer data);

/** @changed: a light or a figure is another one. Main context only. */
MadoStatus *mado_status_new (MadoOffice *office, MadoStatusChanged changed, gpointer data);
void        mado_status_free (MadoStatus *status);

/** As MadoReaderChanged; %NULL: the smart-card service is down. */
void mado_status_readers (MadoStatus *status, GPtrArray *readers);

/** How the last exchange with the centre ended. */
void mado_status_exchanged (MadoStatus *status, gboolean reached);

/** Whether there is a centre to speak to. */
void mado_status_enrolled (MadoStatus *status, gboolean enrolled);

/** Counts again on the disk worker; @done, when given, is called once the figures are new. */
void mado_status_count (MadoStatus *status, MadoStatusChanged done, gpointer data);

/** Looks on the network worker whether the public authentication service answers. */
void mado_status_probe (MadoStatus *status);

/** (transfer full): the status document (ARCHITECTURE.md). */
char *mado_status_document (const MadoStatus *status);
