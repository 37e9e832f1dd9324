#include "app/base/error.h"
#include "app/base/secret.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static MadoSecret *
secret_of (const char *text)
{
  MadoSecret *secret = mado_secret_new (NULL);

  g_assert_nonnull (secret);
  while (*text != '\0')
    g_assert_true (mado_secret_push (secret, (guint8)*text++));
  return secret;
}

/* The flags the kernel keeps of the page that holds @address. */
static char *
vm_flags_of (const void *address)
{
  g_autofree char *smaps = NULL;
  guintptr         where = (guintptr)address;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (smaps, "\n", -1);
  gboolean ours = FALSE;
  for (guint i = 0; lines[i] != NULL; i++) {
    guintptr start;
    guintptr end;
    if (sscanf (lines[i], "%lx-%lx ", &start, &end) == 2)
      ours = start <= where && where < end;
    if (ours && g_str_has_prefix (lines[i], "VmFlags:"))
      return g_strdup (lines[i]);
  }
  return NULL;
}

static void
test_locked_and_kept_out_of_dumps (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("ABC123");
  g_autofree char *flags = vm_flags_of (secret);

  g_assert_nonnull (flags);
  g_assert_nonnull (strstr (flags, " lo"));
  g_assert_nonnull (strstr (flags, " dd"));
  g_assert_nonnull (strstr (flags, " wf"));
}

static void
test_wipe_leaves_zeros (void)
{
  static const guint8 zeros[6];
  g_autoptr (MadoSecret) secret = secret_of ("ABC123");
  const guint8 *octets = mado_secret_data (secret);

  mado_secret_wipe (secret);
  g_assert_cmpuint (mado_secret_len (secret), ==, 0);
  g_assert_cmpmem (octets, sizeof zeros, zeros, sizeof zeros);
}

static void
test_pop_overwrites (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("A1");

  g_assert_true (mado_secret_pop (secret));
  g_assert_cmpuint (mado_secret_len (secret), ==, 1);
  g_assert_cmpuint (mado_secret_data (secret)[1], ==, 0);
  g_assert_true (mado_secret_pop (secret));
  g_assert_false (mado_secret_pop (secret));
}

static void
test_full_takes_no_more (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("");

  for (guint i = 0; i < MADO_SECRET_MAX; i++)
    g_assert_true (mado_secret_push (secret, 'A'));
  g_assert_false (mado_secret_push (secret, 'A'));
}

static int
pipe_with (const char *text)
{
  int fds[2];

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  g_assert_cmpint (write (fds[1], text, strlen (text)), ==, (gssize)strlen (text));
  close (fds[1]);
  return fds[0];
}

static void
test_reads_to_the_newline_and_no_further (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("");
  int  fd = pipe_with ("ABC123\nrest");
  char rest[8] = { 0 };

  g_assert_true (mado_secret_read_fd (secret, fd, NULL));
  g_assert_cmpmem (mado_secret_data (secret), mado_secret_len (secret), "ABC123", 6);
  g_assert_cmpint (read (fd, rest, sizeof rest), ==, 4);
  close (fd);
}

static void
test_reads_to_the_end (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("");
  int fd = pipe_with ("1234");

  g_assert_true (mado_secret_read_fd (secret, fd, NULL));
  g_assert_cmpuint (mado_secret_len (secret), ==, 4);
  close (fd);
}

static void
test_too_long_is_refused_and_wiped (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (MADO_SECRET_MAX + 1, 'A');
  int              fd = pipe_with (text);

  g_assert_false (mado_secret_read_fd (secret, fd, &error));
  g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_TOO_LONG);
  g_assert_cmpuint (mado_secret_len (secret), ==, 0);
  close (fd);
}

static void
test_bad_descriptor_is_an_error (void)
{
  g_autoptr (MadoSecret) secret = secret_of ("");
  g_autoptr (GError) error = NULL;

  g_assert_false (mado_secret_read_fd (secret, -1, &error));
  g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_IO);
  g_clear_error (&error);
  g_assert_true (mado_secret_push (secret, 'A'));
  g_assert_false (mado_secret_write_fd (secret, -1, &error));
  g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_IO);
}

static void
test_crosses_a_pipe (void)
{
  g_autoptr (MadoSecret) sent = secret_of ("ABC123");
  g_autoptr (MadoSecret) received = secret_of ("");
  int fds[2];

  g_assert_true (g_unix_open_pipe (fds, FD_CLOEXEC, NULL));
  g_assert_true (mado_secret_write_fd (sent, fds[1], NULL));
  close (fds[1]);
  g_assert_true (mado_secret_read_fd (received, fds[0], NULL));
  g_assert_cmpmem (mado_secret_data (received), mado_secret_len (received), "ABC123", 6);
  close (fds[0]);
}

/* Where no page can be locked no secret comes to be: as an ordinary user without the right. */
static void
test_no_lock_no_secret (void)
{
  if (g_test_subprocess ()) {
    struct rlimit none = { 0, 0 };
    g_autoptr (GError) error = NULL;
    if (geteuid () == 0)
      g_assert_cmpint (setuid (65534), ==, 0);
    g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &none), ==, 0);
    g_assert_null (mado_secret_new (&error));
    g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_UNLOCKABLE);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secret/locked-and-kept-out-of-dumps", test_locked_and_kept_out_of_dumps);
  g_test_add_func ("/base/secret/wipe-leaves-zeros", test_wipe_leaves_zeros);
  g_test_add_func ("/base/secret/pop-overwrites", test_pop_overwrites);
  g_test_add_func ("/base/secret/full-takes-no-more", test_full_takes_no_more);
  g_test_add_func ("/base/secret/reads-to-the-newline-and-no-further",
                   test_reads_to_the_newline_and_no_further);
  g_test_add_func ("/base/secret/reads-to-the-end", test_reads_to_the_end);
  g_test_add_func ("/base/secret/too-long-is-refused-and-wiped",
                   test_too_long_is_refused_and_wiped);
  g_test_add_func ("/base/secret/bad-descriptor-is-an-error", test_bad_descriptor_is_an_error);
  g_test_add_func ("/base/secret/crosses-a-pipe", test_crosses_a_pipe);
  g_test_add_func ("/base/secret/no-lock-no-secret", test_no_lock_no_secret);
  return g_test_run ();
}
