/*
 * Records what a process does to the files below a folder, in one order over all its threads: a
 * library to be preloaded. Each call that changes something is made and recorded under one lock.
 *
 * Environment: GRANTSTORE_RECORD_ROOT the folder, as a real path; GRANTSTORE_RECORD_LOG the file
 * that is appended to; GRANTSTORE_RECORD_MARKS a file what is written to which is a mark.
 *
 * Files that are written through a map or a C stream are seen only when they are looked at: before
 * each sync and each mark their pages are compared with what they were.
 *
 * Calls go to the kernel directly, and by those numbers that every 64-bit Linux has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#if __SIZEOF_LONG__ != 8 || !defined(__linux__)
#error "64-bit Linux only"
#endif

#define MOST_FDS 65536
#define MOST_WATCHED 64
#define MOST_WATCHED_BYTES (64L << 20)
#define PAGE 4096L
#define MARKS (-2)

/* As it stands in the log, before the two paths and the data; in the machine's byte order. */
struct head {
  int32_t type, handle;
  int64_t at, length;
  int32_t path1, path2;
  int64_t data;
};

/* A file that changes without a call: its content as it was recorded last. */
struct watched {
  int handle, fd;
  char *mapped;
  size_t mapped_length;
  char *shadow;
  off_t size;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX], marks[PATH_MAX];
static size_t root_length;
static int log_fd = -1, last_handle;
static int handles[MOST_FDS];    /* by fd; 0: not below the folder */
static char is_synced[MOST_FDS]; /* by fd; whether it was opened with O_DSYNC */
static struct watched watched[MOST_WATCHED];
static int watched_count;

static void put(const void *from, size_t length) {
  const char *p = from;
  while (length > 0) {
    long n = syscall(SYS_write, log_fd, p, length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) abort(); /* a log with a hole would tell lies */
    p += n;
    length -= n;
  }
}

static void record(char type, int handle, int64_t at, int64_t length, const char *path1,
                   const char *path2, const void *data, int64_t data_length) {
  struct head head = {type, handle, at, length, path1 ? strlen(path1) : 0,
                      path2 ? strlen(path2) : 0, data_length};
  put(&head, sizeof head);
  if (path1) put(path1, head.path1);
  if (path2) put(path2, head.path2);
  if (data_length) put(data, data_length);
}

static void unknown(const char *what) { record('?', 0, 0, 0, what, NULL, NULL, 0); }

/* Makes a path absolute, without "//" and "/./"; links are not followed. */
static void resolve(int folder, const char *path, char *into) {
  char whole[2 * PATH_MAX];
  size_t length = 0;
  if (path[0] != '/') {
    char link[64];
    long n;
    if (folder == AT_FDCWD)
      strcpy(link, "/proc/self/cwd");
    else
      snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    n = syscall(SYS_readlinkat, AT_FDCWD, link, whole, PATH_MAX - 1);
    length = n > 0 ? n : 0;
    whole[length++] = '/';
  }
  snprintf(whole + length, sizeof whole - length, "%s", path);
  char *to = into;
  for (char *from = whole; *from && to - into < PATH_MAX - 1;) {
    if (from[0] == '/' && (from[1] == '/' || from[1] == 0))
      from++;
    else if (from[0] == '/' && from[1] == '.' && (from[2] == '/' || from[2] == 0))
      from += 2;
    else
      *to++ = *from++;
  }
  *to = 0;
}

static int is_below(const char *path) {
  return log_fd >= 0 && strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == 0);
}

static int handle_of(int fd) { return fd >= 0 && fd < MOST_FDS ? handles[fd] : 0; }

/* ---- files that change without a call ---- */

static void look_at(struct watched *w) {
  struct stat now;
  if (fstat(w->fd, &now) != 0) return;
  if (now.st_size > MOST_WATCHED_BYTES) {
    unknown("a large file is mapped for writing");
    return;
  }
  if (now.st_size != w->size) {
    char *longer = realloc(w->shadow, now.st_size + 1);
    if (!longer) abort();
    if (now.st_size > w->size) memset(longer + w->size, 0, now.st_size - w->size);
    w->shadow = longer;
    w->size = now.st_size;
    record('T', w->handle, 0, now.st_size, NULL, NULL, NULL, 0);
  }
  char page[PAGE];
  for (off_t at = 0; at < now.st_size; at += PAGE) {
    long n = syscall(SYS_pread64, w->fd, page, PAGE, at);
    if (n > now.st_size - at) n = now.st_size - at;
    if (n > 0 && memcmp(page, w->shadow + at, n) != 0) {
      memcpy(w->shadow + at, page, n);
      record('W', w->handle, at, 0, NULL, NULL, page, n);
    }
  }
}

static void look(void) {
  for (int i = 0; i < watched_count; i++) look_at(&watched[i]);
}

static void watch(int fd, void *mapped, size_t length) {
  char link[64];
  if (watched_count == MOST_WATCHED) {
    unknown("too many files are mapped for writing");
    return;
  }
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  /* Never closed: to close a file gives up the locks that the process has on it. */
  int own = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
  if (own < 0) {
    unknown("a file is mapped that cannot be read");
    return;
  }
  struct watched w = {handle_of(fd), own, mapped, length, malloc(1), 0};
  watched[watched_count++] = w;
  look_at(&watched[watched_count - 1]);
}

__attribute__((constructor)) static void start(void) {
  const char *where = getenv("GRANTSTORE_RECORD_ROOT"), *log = getenv("GRANTSTORE_RECORD_LOG"),
             *mark = getenv("GRANTSTORE_RECORD_MARKS");
  if (!where || !log || !mark) return;
  snprintf(root, sizeof root, "%s", where);
  snprintf(marks, sizeof marks, "%s", mark);
  root_length = strlen(root);
  int fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) abort();
  log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 900);
  if (log_fd < 0) log_fd = fd;
}

/* ---- opening and closing ---- */

static int do_open(int folder, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  if (log_fd < 0) return syscall(SYS_openat, folder, name, flags, mode);
  resolve(folder, name, path);
  int below = is_below(path);
  if (!below && strcmp(path, marks) != 0) {
    int fd = syscall(SYS_openat, folder, name, flags, mode);
    if (fd >= 0 && fd < MOST_FDS) handles[fd] = 0;
    return fd;
  }
  pthread_mutex_lock(&lock);
  int fd = syscall(SYS_openat, folder, name, flags, mode);
  int error = errno;
  if (fd >= MOST_FDS) {
    unknown("too many files are open");
  } else if (fd >= 0 && below) {
    handles[fd] = ++last_handle;
    is_synced[fd] = (flags & O_DSYNC) != 0;
    if ((flags & O_TMPFILE) == O_TMPFILE) unknown("a file without a name is made");
    record('O', handles[fd], (flags & O_CREAT ? 1 : 0) | (flags & O_TRUNC ? 2 : 0), 0, path, NULL,
           NULL, 0);
  } else if (fd >= 0) {
    handles[fd] = MARKS;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

#define MODE_OF(flags)                          \
  mode_t mode = 0;                              \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {      \
    va_list more;                               \
    va_start(more, flags);                      \
    mode = va_arg(more, mode_t);                \
    va_end(more);                               \
  }

#ifndef __O_TMPFILE
#define __O_TMPFILE 020000000
#endif

int open(const char *name, int flags, ...) {
  MODE_OF(flags);
  return do_open(AT_FDCWD, name, flags, mode);
}

int openat(int folder, const char *name, int flags, ...) {
  MODE_OF(flags);
  return do_open(folder, name, flags, mode);
}

int creat(const char *name, mode_t mode) {
  return do_open(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

static int do_dup(int fd, int copy) {
  if (copy >= 0 && copy < MOST_FDS) {
    handles[copy] = handle_of(fd);
    is_synced[copy] = fd >= 0 && fd < MOST_FDS && is_synced[fd];
  }
  return copy;
}

int dup(int fd) { return do_dup(fd, syscall(SYS_dup, fd)); }

int dup2(int fd, int copy) {
  if (fd == copy) return fcntl(fd, F_GETFD) < 0 ? -1 : fd;
  return do_dup(fd, syscall(SYS_dup3, fd, copy, 0));
}

int dup3(int fd, int copy, int flags) { return do_dup(fd, syscall(SYS_dup3, fd, copy, flags)); }

int close(int fd) {
  if (handle_of(fd)) handles[fd] = 0;
  return syscall(SYS_close, fd);
}

static FILE *do_stream(const char *name, FILE *stream) {
  if (stream) {
    int fd = fileno(stream);
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long n = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (log_fd >= 0 && n > 0 && fd < MOST_FDS) {
      path[n] = 0;
      pthread_mutex_lock(&lock);
      if (name) handles[fd] = 0;
      if (is_below(path)) {
        if (!handles[fd]) {
          handles[fd] = ++last_handle;
          record('O', handles[fd], 1, 0, path, NULL, NULL, 0);
        }
        watch(fd, NULL, 0);
      }
      pthread_mutex_unlock(&lock);
    }
  }
  return stream;
}

FILE *fopen(const char *name, const char *mode) {
  FILE *(*real)(const char *, const char *) = dlsym(RTLD_NEXT, "fopen");
  return do_stream(name, real(name, mode));
}

FILE *fdopen(int fd, const char *mode) {
  FILE *(*real)(int, const char *) = dlsym(RTLD_NEXT, "fdopen");
  return do_stream(NULL, real(fd, mode));
}

int fclose(FILE *stream) {
  int (*real)(FILE *) = dlsym(RTLD_NEXT, "fclose");
  int fd = fileno(stream);
  if (handle_of(fd)) handles[fd] = 0;
  return real(stream);
}

/* ---- writing ---- */

/* After a write of so many bytes that ended at a place; what was written is read back if unknown. */
static void written(int fd, const struct iovec *parts, int count, off_t at, ssize_t n) {
  char *all = malloc(n);
  if (!all) abort();
  if (parts) {
    ssize_t done = 0;
    for (int i = 0; i < count && done < n; i++) {
      size_t part = parts[i].iov_len < (size_t)(n - done) ? parts[i].iov_len : (size_t)(n - done);
      memcpy(all + done, parts[i].iov_base, part);
      done += part;
    }
  } else {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int reader = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    if (reader < 0 || syscall(SYS_pread64, reader, all, n, at) != n) unknown("a copy is not read");
    if (reader >= 0) syscall(SYS_close, reader);
  }
  if (handles[fd] == MARKS) {
    look();
    record('M', 0, 0, 0, NULL, NULL, all, n);
  } else {
    record('W', handles[fd], at, is_synced[fd], NULL, NULL, all, n);
  }
  free(all);
}

static ssize_t do_writev(int fd, const struct iovec *parts, int count, off_t at, int flags) {
  int placed = at >= 0;
  if (!handle_of(fd))
    return placed  ? syscall(SYS_pwritev2, fd, parts, count, at, 0L, flags)
           : flags ? syscall(SYS_pwritev2, fd, parts, count, -1L, -1L, flags)
                   : syscall(SYS_writev, fd, parts, count);
  pthread_mutex_lock(&lock);
  ssize_t n = placed ? syscall(SYS_pwritev, fd, parts, count, at, 0L)
                     : syscall(SYS_writev, fd, parts, count);
  int error = errno;
  if (n > 0) {
    /* What is appended goes to the end also where a place is given. */
    if (placed && (fcntl(fd, F_GETFL) & O_APPEND)) {
      struct stat now;
      fstat(fd, &now);
      at = now.st_size - n;
    } else if (!placed) {
      at = lseek(fd, 0, SEEK_CUR) - n;
    }
    if (flags) unknown("a write has flags");
    written(fd, parts, count, at, n);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return n;
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!handle_of(fd)) return syscall(SYS_write, fd, data, length);
  struct iovec part = {(void *)data, length};
  return do_writev(fd, &part, 1, -1, 0);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
  if (!handle_of(fd)) return syscall(SYS_pwrite64, fd, data, length, at);
  struct iovec part = {(void *)data, length};
  return do_writev(fd, &part, 1, at, 0);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  return do_writev(fd, parts, count, -1, 0);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
  return do_writev(fd, parts, count, at, 0);
}

ssize_t pwritev2(int fd, const struct iovec *parts, int count, off_t at, int flags) {
  return do_writev(fd, parts, count, at, flags);
}

ssize_t sendfile(int out, int in, off_t *from, size_t length) {
  if (!handle_of(out)) return syscall(SYS_sendfile, out, in, from, length);
  pthread_mutex_lock(&lock);
  ssize_t n = syscall(SYS_sendfile, out, in, from, length);
  int error = errno;
  if (n > 0) written(out, NULL, 0, lseek(out, 0, SEEK_CUR) - n, n);
  pthread_mutex_unlock(&lock);
  errno = error;
  return n;
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length,
                        unsigned flags) {
  if (!handle_of(out)) return syscall(SYS_copy_file_range, in, from, out, to, length, flags);
  pthread_mutex_lock(&lock);
  ssize_t n = syscall(SYS_copy_file_range, in, from, out, to, length, flags);
  int error = errno;
  if (n > 0) written(out, NULL, 0, (to ? *to : lseek(out, 0, SEEK_CUR)) - n, n);
  pthread_mutex_unlock(&lock);
  errno = error;
  return n;
}

/* ---- lengths ---- */

int ftruncate(int fd, off_t size) {
  if (!handle_of(fd)) return syscall(SYS_ftruncate, fd, size);
  pthread_mutex_lock(&lock);
  int failed = syscall(SYS_ftruncate, fd, size);
  if (!failed) record('T', handles[fd], 0, size, NULL, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  return failed;
}

int truncate(const char *name, off_t size) {
  int fd = open(name, O_WRONLY);
  if (fd < 0) return -1;
  int failed = ftruncate(fd, size);
  close(fd);
  return failed;
}

int fallocate(int fd, int mode, off_t at, off_t length) {
  if (!handle_of(fd)) return syscall(SYS_fallocate, fd, mode, at, length);
  pthread_mutex_lock(&lock);
  int failed = syscall(SYS_fallocate, fd, mode, at, length);
  int error = errno;
  if (!failed) {
    if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE))
      unknown("a file's range is moved");
    if (mode & (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE))
      record('Z', handles[fd], at, length, NULL, NULL, NULL, 0);
    if (!(mode & FALLOC_FL_KEEP_SIZE)) {
      struct stat now;
      fstat(fd, &now);
      record('T', handles[fd], 0, now.st_size, NULL, NULL, NULL, 0);
    }
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return failed;
}

int posix_fallocate(int fd, off_t at, off_t length) {
  int before = errno, error = fallocate(fd, 0, at, length) ? errno : 0;
  errno = before;
  return error;
}

/* ---- syncs ---- */

static int do_sync(long number, int fd) {
  if (!handle_of(fd)) return syscall(number, fd);
  pthread_mutex_lock(&lock);
  look();
  int failed = syscall(number, fd);
  int error = errno;
  if (!failed) record('S', handles[fd], 0, 0, NULL, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
  errno = error;
  return failed;
}

int fsync(int fd) { return do_sync(SYS_fsync, fd); }

int fdatasync(int fd) { return do_sync(SYS_fdatasync, fd); }

static void all_synced(void) {
  if (log_fd < 0) return;
  pthread_mutex_lock(&lock);
  look();
  record('Y', 0, 0, 0, NULL, NULL, NULL, 0);
  pthread_mutex_unlock(&lock);
}

int syncfs(int fd) {
  int failed = syscall(SYS_syncfs, fd);
  if (!failed && handle_of(fd)) all_synced();
  return failed;
}

void sync(void) {
  syscall(SYS_sync);
  all_synced();
}

int msync(void *from, size_t length, int flags) {
  int failed = syscall(SYS_msync, from, length, flags);
  int error = errno;
  if (!failed && (flags & MS_SYNC) && watched_count > 0) {
    pthread_mutex_lock(&lock);
    look();
    for (int i = 0; i < watched_count; i++) {
      struct watched *w = &watched[i];
      /* Of a part of a file only that part is synced, so nothing is said of the file. */
      if (w->mapped && (char *)from <= w->mapped &&
          (char *)from + length >= w->mapped + (w->size < (off_t)w->mapped_length
                                                    ? (size_t)w->size
                                                    : w->mapped_length))
        record('S', w->handle, 0, 0, NULL, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return failed;
}

void *mmap(void *at, size_t length, int rights, int flags, int fd, off_t offset) {
  void *mapped = (void *)syscall(SYS_mmap, at, length, rights, flags, fd, offset);
  if (handle_of(fd) > 0 && mapped != MAP_FAILED && (flags & MAP_SHARED) && (rights & PROT_WRITE)) {
    pthread_mutex_lock(&lock);
    watch(fd, mapped, length);
    pthread_mutex_unlock(&lock);
  }
  return mapped;
}

/* ---- names ---- */

static int do_names(char type, long number, int folder1, const char *name1, int folder2,
                    const char *name2, long extra) {
  char path1[PATH_MAX] = "", path2[PATH_MAX] = "";
  if (log_fd >= 0) {
    resolve(folder1, name1, path1);
    if (name2) resolve(folder2, name2, path2);
  }
  pthread_mutex_lock(&lock);
  int failed = name2 ? syscall(number, folder1, name1, folder2, name2, extra)
                     : syscall(number, folder1, name1, extra);
  int error = errno;
  int below = is_below(path1), below2 = name2 && is_below(path2);
  if (!failed && (below || below2)) {
    if (name2 && below != below2) unknown("a file comes from outside, or goes");
    if (type == 'R' && (extra & ~RENAME_NOREPLACE)) unknown("names are exchanged");
    record(type, 0, 0, 0, path1, name2 ? path2 : NULL, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return failed;
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  return do_names('R', SYS_renameat2, from, old, to, new, flags);
}

int renameat(int from, const char *old, int to, const char *new) {
  return do_names('R', SYS_renameat2, from, old, to, new, 0);
}

int rename(const char *old, const char *new) {
  return do_names('R', SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
  return do_names('L', SYS_linkat, from, old, to, new, flags);
}

int link(const char *old, const char *new) {
  return do_names('L', SYS_linkat, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int unlinkat(int folder, const char *name, int flags) {
  return do_names('U', SYS_unlinkat, folder, name, 0, NULL, flags);
}

int unlink(const char *name) { return do_names('U', SYS_unlinkat, AT_FDCWD, name, 0, NULL, 0); }

int rmdir(const char *name) {
  return do_names('U', SYS_unlinkat, AT_FDCWD, name, 0, NULL, AT_REMOVEDIR);
}

int remove(const char *name) {
  int failed = unlink(name);
  return failed && errno == EISDIR ? rmdir(name) : failed;
}

int mkdirat(int folder, const char *name, mode_t mode) {
  return do_names('D', SYS_mkdirat, folder, name, 0, NULL, mode);
}

int mkdir(const char *name, mode_t mode) {
  return do_names('D', SYS_mkdirat, AT_FDCWD, name, 0, NULL, mode);
}

int symlinkat(const char *target, int folder, const char *name) {
  char path[PATH_MAX];
  int failed = syscall(SYS_symlinkat, target, folder, name);
  if (!failed && log_fd >= 0) {
    resolve(folder, name, path);
    pthread_mutex_lock(&lock);
    if (is_below(path)) unknown("a symbolic link is made");
    pthread_mutex_unlock(&lock);
  }
  return failed;
}

int symlink(const char *target, const char *name) { return symlinkat(target, AT_FDCWD, name); }

/* ---- the same by glibc's other names ---- */

#ifdef __GLIBC__
int open64(const char *name, int flags, ...) {
  MODE_OF(flags);
  return do_open(AT_FDCWD, name, flags, mode);
}
int openat64(int folder, const char *name, int flags, ...) {
  MODE_OF(flags);
  return do_open(folder, name, flags, mode);
}
/* Programs that were built with checks of their arguments call these. */
int __open_2(const char *name, int flags) { return do_open(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return do_open(AT_FDCWD, name, flags, 0); }
int __openat_2(int folder, const char *name, int flags) { return do_open(folder, name, flags, 0); }
int __openat64_2(int folder, const char *name, int flags) {
  return do_open(folder, name, flags, 0);
}
int creat64(const char *name, mode_t mode) { return creat(name, mode); }
FILE *fopen64(const char *name, const char *mode) { return fopen(name, mode); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  return pwrite(fd, data, length, at);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) {
  return do_writev(fd, parts, count, at, 0);
}
ssize_t pwritev64v2(int fd, const struct iovec *parts, int count, off64_t at, int flags) {
  return do_writev(fd, parts, count, at, flags);
}
ssize_t sendfile64(int out, int in, off64_t *from, size_t length) {
  return sendfile(out, in, from, length);
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
int truncate64(const char *name, off64_t size) { return truncate(name, size); }
int fallocate64(int fd, int mode, off64_t at, off64_t length) {
  return fallocate(fd, mode, at, length);
}
int posix_fallocate64(int fd, off64_t at, off64_t length) {
  return posix_fallocate(fd, at, length);
}
void *mmap64(void *at, size_t length, int rights, int flags, int fd, off64_t offset) {
  return mmap(at, length, rights, flags, fd, offset);
}
#endif
