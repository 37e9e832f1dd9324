/* tests/lib/script.h - a transport that knows its part by heart and fails the test at a wrong cue.
 *
 * Octets are written in hexadecimal, blanks as one likes. A command may end in `**`: any octets
 * from there on, as many as its Lc says.
 */
#pragma once
#include "pcsc/error.h"
#include "pcsc/transport.h"

typedef struct _MadoScript MadoScript;

MadoScript *mado_script_new (void);

/** The next command and what it is answered, status word included. */
void mado_script_expect (MadoScript *script, const char *command, const char *answer);

/** The same with @len octets of data before @status. */
void mado_script_expect_data (
    MadoScript *script, const char *command, const guint8 *data, gsize len, guint16 status);

/** The next command, and the error that comes instead of an answer. */
void mado_script_expect_failure (MadoScript *script, const char *command, MadoPcscError code);

/** (transfer full): the transport, once; the script must outlive it. */
MadoTransport *mado_script_transport (MadoScript *script);

/** Commands that came. */
guint mado_script_count (const MadoScript *script);

/** Fails the test unless every line was used and the transport was closed; frees the script. */
void mado_script_finish (MadoScript *script);
