/* tests/lib/child.h - a program a test starts, listens to and stops; it dies with the test. */
#pragma once
#include <glib.h>

typedef struct _MadoChild MadoChild;

/** Starts @argv (found by PATH); what it writes to standard output and error comes as one. */
MadoChild *mado_child_start (const char *const *argv);

/**
 * mado_child_await:
 *
 * Waits for a line that holds @mark.
 *
 * Returns: (transfer full): what follows @mark in it; the test ends when the program ends first, or
 *   says nothing for 30 s
 */
char *mado_child_await (MadoChild *child, const char *mark);

/** Sends @signal (0: none) and waits for the end. Returns: wait status; @child is freed. */
int mado_child_stop (MadoChild *child, int signal);

/** Runs @argv to its end. @ret_output: (optional) what it wrote to standard output. */
int mado_child_run (const char *const *argv, char **ret_output);

/** A fresh folder under the temporary directory. */
char *mado_test_folder (void);

/** Removes it with all that is in it and frees the name. */
void mado_test_folder_remove (char *folder);
