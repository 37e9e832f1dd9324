/* app/cli/line.h - which parts of a command line are words, wherever its options stand. */
#pragma once
#include <glib.h>

/**
 * mado_line_words:
 * @argv: %NULL-terminated, without the program's name
 *
 * What is neither an option nor an option's value; behind a lone `--` everything is a word.
 *
 * Returns: (transfer full) (element-type guint): their places in @argv
 */
GArray *mado_line_words (char **argv);

/**
 * mado_line_without:
 * @places: (element-type guint): of @argv, ascending
 * @n: how many of them are left out
 *
 * Returns: (transfer full): the line, with the last one left out in front, as a program's name is
 */
char **mado_line_without (char **argv, GArray *places, guint n);
