/* app/cli/file.h - files and secrets that a command line names. */
#pragma once
#include "app/base/secret.h"
#include "app/cli/call.h"

/** The octets of @path; %NULL with %MADO_FAILURE_FILE. */
GBytes *mado_cli_read_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Writes @octets to @path by rename; %FALSE with %MADO_FAILURE_FILE. */
gboolean mado_cli_write_file (const char *path, GBytes *octets, GError **error);

/** Whether a secret can be read: asked before anything else is; %FALSE with %MADO_FAILURE_USAGE. */
gboolean mado_cli_needs_secret (int fd, gboolean from_stdin, const char *option, GError **error);

/**
 * mado_cli_read_secret:
 * @fd: of --pin-fd and its like; -1: absent, then standard input when @from_stdin
 * @option: its name, for the message
 *
 * What is typed at a terminal is not echoed. Blocks. Returns: (transfer full): or %NULL with
 * %MADO_FAILURE_USAGE, _FILE, _MEMORY_UNLOCKABLE
 */
MadoSecret *mado_cli_read_secret (int fd, gboolean from_stdin, const char *option, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
