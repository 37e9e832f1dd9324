#include "tests/card/link.h"
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

/* Long enough for vpcd to have read the announced length before the connection is reset. */
#define BREAK_US 30000

struct _MadoVpcdLink {
  int         fd;
  GByteArray *arrived;
};

static int
connect_first (const struct addrinfo *addresses)
{
  for (const struct addrinfo *a = addresses; a != NULL; a = a->ai_next) {
    int fd = socket (a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol);
    if (fd >= 0 && connect (fd, a->ai_addr, a->ai_addrlen) == 0)
      return fd;
    if (fd >= 0)
      close (fd);
  }
  return -1;
}

/* Both ends write small pieces and wait: without these two options an APDU takes 45 ms. The
 * kernel takes the second back by itself, so it is set before every recv. */
static void
hurry_sending (int fd)
{
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
}

static void
hurry_acknowledging (int fd)
{
  setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &(int){ 1 }, sizeof (int));
}

MadoVpcdLink *
mado_vpcd_link_open (const char *host, guint16 port)
{
  const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
  struct addrinfo      *addresses = NULL;
  g_autofree char      *service = g_strdup_printf ("%u", port);
  MadoVpcdLink         *link;
  int                   fd;

  if (getaddrinfo (host, service, &hints, &addresses) != 0)
    return NULL;
  fd = connect_first (addresses);
  freeaddrinfo (addresses);
  if (fd < 0)
    return NULL;
  hurry_sending (fd);
  link = g_new0 (MadoVpcdLink, 1);
  link->fd = fd;
  link->arrived = g_byte_array_new ();
  return link;
}

void
mado_vpcd_link_close (MadoVpcdLink *link)
{
  if (link == NULL)
    return;
  close (link->fd);
  g_byte_array_unref (link->arrived);
  g_free (link);
}

int
mado_vpcd_link_fd (const MadoVpcdLink *link)
{
  return link->fd;
}

gboolean
mado_vpcd_link_receive (MadoVpcdLink *link)
{
  guint8  piece[512];
  ssize_t len;

  hurry_acknowledging (link->fd);
  len = recv (link->fd, piece, sizeof piece, MSG_DONTWAIT);
  if (len <= 0)
    return FALSE;
  g_byte_array_append (link->arrived, piece, (guint)len);
  return TRUE;
}

GByteArray *
mado_vpcd_link_next (MadoVpcdLink *link)
{
  GByteArray *message;
  guint       len;

  if (link->arrived->len < 2)
    return NULL;
  len = (guint)(link->arrived->data[0] << 8 | link->arrived->data[1]);
  if (link->arrived->len < 2 + len)
    return NULL;
  message = g_byte_array_new ();
  g_byte_array_append (message, link->arrived->data + 2, len);
  g_byte_array_remove_range (link->arrived, 0, 2 + len);
  return message;
}

static gboolean
send_all (int fd, const guint8 *octets, gsize len)
{
  while (len > 0) {
    ssize_t sent = send (fd, octets, len, MSG_NOSIGNAL);
    if (sent <= 0)
      return FALSE;
    octets += sent;
    len -= (gsize)sent;
  }
  return TRUE;
}

gboolean
mado_vpcd_link_send (MadoVpcdLink *link, const guint8 *octets, gsize len)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  guint8 head[2] = { (guint8)(len >> 8), (guint8)len };

  g_byte_array_append (message, head, sizeof head);
  g_byte_array_append (message, octets, (guint)len);
  return send_all (link->fd, message->data, message->len);
}

void
mado_vpcd_link_break (MadoVpcdLink *link)
{
  const guint8        begun[] = { 0x00, 0x40 }; /* 64 octets announced, none sent */
  const struct linger reset = { .l_onoff = 1, .l_linger = 0 };

  send_all (link->fd, begun, sizeof begun);
  g_usleep (BREAK_US);
  setsockopt (link->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  mado_vpcd_link_close (link);
}
