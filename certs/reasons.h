/* certs/reasons.h - every no of a check, in the order found; for this room. */
#pragma once
#include <glib.h>

/** Adds one sentence, with its clause, behind "; ". Returns %FALSE, the no itself. */
gboolean mado_reasons_add (GString *reasons, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** (transfer full): what was added, or %NULL when nothing was. */
char *mado_reasons_text (const GString *reasons);
