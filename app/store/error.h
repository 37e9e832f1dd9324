/* app/store/error.h - what can go wrong where things are kept. */
#pragma once
#include <glib.h>

#define MADO_STORE_ERROR (mado_store_error_quark ())
GQuark mado_store_error_quark (void);

typedef enum {
  MADO_STORE_ERROR_HELD,         /* another program has this store open */
  MADO_STORE_ERROR_NOT_WRITABLE, /* the directory or file cannot be written */
  MADO_STORE_ERROR_FULL,         /* no room on the disk; nothing was written */
  MADO_STORE_ERROR_DAMAGED,      /* a file is no database any more, or a line does not verify */
  MADO_STORE_ERROR_NEWER,        /* written by a newer version of the program */
  MADO_STORE_ERROR_MOVED,        /* the line has other events after `expect` */
  MADO_STORE_ERROR_FOLD,         /* the fold says no; the message ends in its fault's name */
  MADO_STORE_ERROR_KEY,          /* the key is gone, is another one, or does not open this */
  MADO_STORE_ERROR_NOT_FOUND,    /* no such application, terminal or password */
  MADO_STORE_ERROR_JOURNAL,      /* two lives of one terminal: another head at this place */
  MADO_STORE_ERROR_EPOCH,        /* an anchor or epoch that is not this journal's */
  MADO_STORE_ERROR_IO,           /* the disk failed; nothing was acknowledged */
  MADO_STORE_ERROR_REFUSED,      /* not allowed here: the message says which rule */
} MadoStoreError;

/**
 * mado_store_raise:
 *
 * The one place that sets an error of this room.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_store_raise (GError **error, MadoStoreError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
