/* tests/store/faulty-vfs.h - the machine's files as SQLite sees them, with a count of syncs and a
 * fault on demand. For the tests of the stores only. */
#pragma once
#include <glib.h>
#include <sqlite3.h>

/* Operations that can fail: write, sync, truncate; with `reads` also read. */
static struct {
  guint    syncs;
  guint    operations;
  guint    fail_at; /* 0: never; else the n-th operation from now */
  gboolean for_ever;
  gboolean reads;
  int      code; /* SQLITE_FULL, SQLITE_IOERR_WRITE … */
  guint    failed;
} faults;

typedef struct {
  sqlite3_file  base;
  sqlite3_file *real;
} FaultyFile;

static sqlite3_vfs        faulty_vfs;
static sqlite3_vfs       *real_vfs;
static sqlite3_io_methods faulty_methods;

#define REAL(file) (((FaultyFile *)(file))->real)

static gboolean
strikes (void)
{
  faults.operations++;
  gboolean now = faults.fail_at > 0
                 && (faults.operations == faults.fail_at
                     || (faults.for_ever && faults.operations > faults.fail_at));
  faults.failed += now;
  return now;
}

static int
faulty_close (sqlite3_file *file)
{
  return REAL (file)->pMethods->xClose (REAL (file));
}

static int
faulty_read (sqlite3_file *file, void *octets, int len, sqlite3_int64 at)
{
  if (faults.reads && strikes ())
    return SQLITE_IOERR_READ;
  return REAL (file)->pMethods->xRead (REAL (file), octets, len, at);
}

static int
faulty_write (sqlite3_file *file, const void *octets, int len, sqlite3_int64 at)
{
  return strikes () ? faults.code : REAL (file)->pMethods->xWrite (REAL (file), octets, len, at);
}

static int
faulty_truncate (sqlite3_file *file, sqlite3_int64 len)
{
  return strikes () ? SQLITE_IOERR_TRUNCATE : REAL (file)->pMethods->xTruncate (REAL (file), len);
}

static int
faulty_sync (sqlite3_file *file, int flags)
{
  faults.syncs++;
  return strikes () ? SQLITE_IOERR_FSYNC : REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
faulty_size (sqlite3_file *file, sqlite3_int64 *ret_len)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), ret_len);
}

static int
faulty_lock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xLock (REAL (file), level);
}

static int
faulty_unlock (sqlite3_file *file, int level)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), level);
}

static int
faulty_reserved (sqlite3_file *file, int *ret_is)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), ret_is);
}

static int
faulty_control (sqlite3_file *file, int what, void *value)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), what, value);
}

static int
faulty_sector (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
faulty_characteristics (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
faulty_shm_map (sqlite3_file *file, int page, int len, int extend, void volatile **ret)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, len, extend, ret);
}

static int
faulty_shm_lock (sqlite3_file *file, int at, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), at, n, flags);
}

static void
faulty_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
faulty_shm_unmap (sqlite3_file *file, int remove)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), remove);
}

static int
faulty_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
  FaultyFile *faulty = (FaultyFile *)file;

  (void)vfs;
  faulty->real = (sqlite3_file *)(faulty + 1);
  int rc = real_vfs->xOpen (real_vfs, name, faulty->real, flags, ret_flags);
  faulty->base.pMethods = rc == SQLITE_OK ? &faulty_methods : NULL;
  return rc;
}

/** From now on every database goes through here. */
G_GNUC_UNUSED static void
install_faulty_vfs (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "faulty";
  faulty_vfs.szOsFile = (int)sizeof (FaultyFile) + real_vfs->szOsFile;
  faulty_vfs.xOpen = faulty_open;
  faulty_methods = (sqlite3_io_methods){
    .iVersion = 2, /* no memory maps: what goes past xRead and xWrite is not seen */
    .xClose = faulty_close,
    .xRead = faulty_read,
    .xWrite = faulty_write,
    .xTruncate = faulty_truncate,
    .xSync = faulty_sync,
    .xFileSize = faulty_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_reserved,
    .xFileControl = faulty_control,
    .xSectorSize = faulty_sector,
    .xDeviceCharacteristics = faulty_characteristics,
    .xShmMap = faulty_shm_map,
    .xShmLock = faulty_shm_lock,
    .xShmBarrier = faulty_shm_barrier,
    .xShmUnmap = faulty_shm_unmap,
  };
  g_assert_cmpint (sqlite3_vfs_register (&faulty_vfs, 1), ==, SQLITE_OK);
}

/** The @n-th operation from now fails, once or from then on. */
G_GNUC_UNUSED static void
set_fault (guint n, int code, gboolean for_ever, gboolean reads)
{
  faults.operations = 0;
  faults.failed = 0;
  faults.fail_at = n;
  faults.code = code;
  faults.for_ever = for_ever;
  faults.reads = reads;
}

G_GNUC_UNUSED static void
clear_fault (void)
{
  set_fault (0, SQLITE_OK, FALSE, FALSE);
}
