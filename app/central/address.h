/* app/central/address.h - where to listen: "127.0.0.1:8443", "[::1]:8443" or "unix:PATH". */
#pragma once
#include <glib.h>

typedef struct {
  char   *host;      /* IP address; %NULL for a unix socket */
  guint16 port;      /* 0: any free one */
  char   *unix_path; /* %NULL for an IP address */
} MadoAddress;

/** %FALSE, nothing filled, when @text is neither. */
gboolean mado_address_parse (const char *text, MadoAddress *ret_address);
void     mado_address_clear (MadoAddress *address);

/**
 * mado_address_listen:
 * @ret_port: the port really taken; 0 for a unix socket
 *
 * A unix socket that nobody listens on any more is replaced; its mode is 0660.
 *
 * Returns: a listening socket, close-on-exec; -1 with %MADO_CENTRAL_ERROR_LISTEN
 */
int mado_address_listen (const MadoAddress *address, guint16 *ret_port, GError **error);

/* Acceptors of the configuration: any address; an IP address; one of this machine alone. */
gboolean mado_address_is_any (const char *text);
gboolean mado_address_is_ip (const char *text);
gboolean mado_address_is_loopback (const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoAddress, mado_address_clear)
