#define _GNU_SOURCE /* mlock2() */
#include "app/base/secret.h"

#include "app/base/error.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _MadoSecret {
  gsize  len;
  guint8 octets[MADO_SECRET_MAX];
};

static gsize
page_len (void)
{
  return (gsize)sysconf (_SC_PAGESIZE);
}

MadoSecret *
mado_secret_new (GError **error)
{
  void *page = mmap (NULL, page_len (), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED) {
    mado_base_raise (error, MADO_BASE_ERROR_UNLOCKABLE, "no page for a secret: %s",
                     g_strerror (errno));
    return NULL;
  }
  /* mlock2(), because a sanitizer makes mlock() do nothing. */
  if (mlock2 (page, page_len (), 0) != 0 || madvise (page, page_len (), MADV_DONTDUMP) != 0
      || madvise (page, page_len (), MADV_WIPEONFORK) != 0) {
    mado_base_raise (error, MADO_BASE_ERROR_UNLOCKABLE,
                     "a page for a secret cannot be locked (RLIMIT_MEMLOCK?): %s",
                     g_strerror (errno));
    munmap (page, page_len ());
    return NULL;
  }
  return page;
}

void
mado_secret_free (MadoSecret *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, page_len ());
  munmap (secret, page_len ());
}

gboolean
mado_secret_push (MadoSecret *secret, guint8 octet)
{
  if (secret->len == MADO_SECRET_MAX)
    return FALSE;
  secret->octets[secret->len++] = octet;
  return TRUE;
}

gboolean
mado_secret_pop (MadoSecret *secret)
{
  if (secret->len == 0)
    return FALSE;
  secret->octets[--secret->len] = 0;
  return TRUE;
}

void
mado_secret_wipe (MadoSecret *secret)
{
  explicit_bzero (secret, sizeof *secret);
}

gsize
mado_secret_len (const MadoSecret *secret)
{
  return secret->len;
}

const guint8 *
mado_secret_data (const MadoSecret *secret)
{
  return secret->octets;
}

/* Reads one octet straight into the page, behind what counts as the secret. 1, 0 at the end, -1. */
static gssize
read_next (MadoSecret *secret, int fd)
{
  gssize got;

  do
    got = read (fd, secret->octets + secret->len, 1);
  while (got < 0 && errno == EINTR);
  return got;
}

gboolean
mado_secret_read_fd (MadoSecret *secret, int fd, GError **error)
{
  gssize got = 1;

  while (got > 0 && secret->len < MADO_SECRET_MAX) {
    got = read_next (secret, fd);
    if (got < 0) {
      int cause = errno;
      mado_secret_wipe (secret);
      return mado_base_raise (error, MADO_BASE_ERROR_IO, "reading a secret: %s",
                              g_strerror (cause));
    }
    if (got > 0 && secret->octets[secret->len] == '\n') {
      secret->octets[secret->len] = 0;
      return TRUE;
    }
    secret->len += (gsize)got;
  }
  if (got == 0)
    return TRUE;
  mado_secret_wipe (secret);
  return mado_base_raise (error, MADO_BASE_ERROR_TOO_LONG, "a secret has at most %d octets",
                          MADO_SECRET_MAX - 1);
}

gboolean
mado_secret_write_fd (const MadoSecret *secret, int fd, GError **error)
{
  gsize done = 0;

  while (done < secret->len) {
    gssize wrote = write (fd, secret->octets + done, secret->len - done);
    if (wrote < 0 && errno == EINTR)
      continue;
    if (wrote < 0)
      return mado_base_raise (error, MADO_BASE_ERROR_IO, "handing a secret on: %s",
                              g_strerror (errno));
    done += (gsize)wrote;
  }
  return TRUE;
}
