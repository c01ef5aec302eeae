#define _GNU_SOURCE
#include "sluice_files.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/fs.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

// The call's value, or -errno; once more after a signal.
#define CALL(type, expression)                        \
  do {                                                \
    type value_;                                      \
    do value_ = (expression);                         \
    while (value_ == (type)-1 && errno == EINTR);     \
    return value_ == (type)-1 ? -(type)errno : value_; \
  } while (0)

// The name by which the kernel reaches what a descriptor stands for.
struct own_name {
  char text[32];
};

static struct own_name own_name(int descriptor) {
  struct own_name name;
  snprintf(name.text, sizeof name.text, "/proc/self/fd/%d", descriptor);
  return name;
}

int sluice_file_handle(int directory, const char *name) {
  CALL(int, openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
}

int sluice_file_reopen(int handle) {
  struct own_name name = own_name(handle);
  const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  int descriptor;
  do descriptor = open(name.text, flags | O_NOATIME);
  while (descriptor < 0 && errno == EINTR);
  if (descriptor >= 0 || errno != EPERM) return descriptor < 0 ? -errno : descriptor;
  CALL(int, open(name.text, flags));
}

int sluice_file_read_open(int directory, const char *name) {
  const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  int descriptor;
  do descriptor = openat(directory, name, flags | O_NOATIME);
  while (descriptor < 0 && errno == EINTR);
  if (descriptor >= 0 || errno != EPERM) return descriptor < 0 ? -errno : descriptor;
  CALL(int, openat(directory, name, flags));
}

int sluice_file_look(int directory, const char *name, struct stat *status) {
  CALL(int, fstatat(directory, name, status, AT_SYMLINK_NOFOLLOW));
}

int sluice_file_create(int directory, const char *name, uint32_t mode) {
  CALL(int, openat(directory, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
}

int sluice_file_unnamed(int directory, uint32_t mode) {
  CALL(int, openat(directory, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, mode));
}

int sluice_file_lockable(int directory, const char *name, uint32_t mode) {
  CALL(int, openat(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode));
}

int sluice_file_open(int directory, const char *name) {
  CALL(int, openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

int sluice_file_link(int descriptor, int directory, const char *name) {
  struct own_name own = own_name(descriptor);
  CALL(int, linkat(AT_FDCWD, own.text, directory, name, AT_SYMLINK_FOLLOW));
}

int sluice_file_status(int descriptor, struct stat *status) {
  CALL(int, fstat(descriptor, status));
}

int sluice_folder_open(int directory, const char *name) {
  CALL(int, openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// Component by component instead of openat2 with RESOLVE_BENEATH: a unit with RestrictSUIDSGID=yes
// answers that call with ENOSYS, since a filter cannot look at its argument.
int sluice_folder_beneath(int directory, const char *path) {
  int folder = sluice_folder_open(directory, ".");
  while (folder >= 0 && *path) {
    size_t length = strcspn(path, "/");
    char name[NAME_MAX + 1];
    int next;
    if (length > NAME_MAX) {
      next = -ENAMETOOLONG;
    } else {
      memcpy(name, path, length);
      name[length] = 0;
      next = strcmp(name, "..") == 0 ? -EXDEV : sluice_folder_open(folder, length ? name : ".");
    }
    close(folder);
    folder = next;
    path += length + (path[length] == '/');
  }
  return folder;
}

int sluice_folder_make(int directory, const char *name, uint32_t mode) {
  CALL(int, mkdirat(directory, name, mode));
}

int sluice_folder_remove(int directory, const char *name) {
  CALL(int, unlinkat(directory, name, AT_REMOVEDIR));
}

int sluice_folder_permits(int directory) {
  CALL(int, faccessat(directory, ".", W_OK | X_OK, AT_EACCESS));
}

int sluice_folder_next(DIR *folder, const char **name, uint8_t *type) {
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(folder);
    if (entry == NULL) return -errno;
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    *name = entry->d_name;
    *type = entry->d_type;
    return 1;
  }
}

int sluice_name_move(int from_dir, const char *from, int to_dir, const char *to) {
  CALL(int, renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE));
}

int sluice_name_move_over(int from_dir, const char *from, int to_dir, const char *to) {
  CALL(int, renameat(from_dir, from, to_dir, to));
}

int sluice_name_remove(int directory, const char *name) { CALL(int, unlinkat(directory, name, 0)); }

int sluice_lease_take(int descriptor) {
  // Before the lease, so that no writer can come between. SIGURG is ignored unless a handler is set
  // for it, and unlike a real-time signal it never falls back to SIGIO when the queue is full.
  if (fcntl(descriptor, F_SETSIG, SIGURG) < 0) return -errno;
  CALL(int, fcntl(descriptor, F_SETLEASE, F_RDLCK));
}

int sluice_lease_held(int descriptor) {
  int lease;
  do lease = fcntl(descriptor, F_GETLEASE);
  while (lease < 0 && errno == EINTR);
  return lease < 0 ? -errno : lease == F_RDLCK;
}

int sluice_lease_drop(int descriptor) { CALL(int, fcntl(descriptor, F_SETLEASE, F_UNLCK)); }

int sluice_lock_take(int descriptor) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  CALL(int, fcntl(descriptor, F_OFD_SETLK, &lock));
}

int sluice_lock_taken(int descriptor) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(descriptor, F_OFD_GETLK, &lock) < 0) return -errno;
  return lock.l_type != F_UNLCK;
}

int sluice_file_set_mode(int handle, uint32_t mode) {
  struct own_name name = own_name(handle);
  CALL(int, chmod(name.text, mode));
}

int sluice_file_set_group(int handle, uint32_t group) {
  struct own_name name = own_name(handle);
  CALL(int, chown(name.text, (uid_t)-1, group));
}

int sluice_file_set_times(int descriptor, int64_t accessed, int64_t modified) {
  const int64_t second = 1000000000;
  const int64_t given[2] = {accessed, modified};
  struct timespec times[2];
  for (int i = 0; i < 2; i++) {
    times[i].tv_sec = given[i] / second;
    times[i].tv_nsec = given[i] % second;
    if (times[i].tv_nsec < 0) {
      times[i].tv_nsec += second;
      times[i].tv_sec -= 1;
    }
  }
  CALL(int, futimens(descriptor, times));
}

int sluice_file_clone(int to, int from) { CALL(int, ioctl(to, FICLONE, from)); }

int64_t sluice_file_copy_range(int from, int to, int64_t offset, uint64_t length) {
  off_t source = offset, target = offset;
  CALL(int64_t, (int64_t)copy_file_range(from, &source, to, &target, length, 0));
}

int64_t sluice_file_next_data(int descriptor, int64_t offset) {
  CALL(int64_t, (int64_t)lseek(descriptor, offset, SEEK_DATA));
}

int64_t sluice_file_next_hole(int descriptor, int64_t offset) {
  CALL(int64_t, (int64_t)lseek(descriptor, offset, SEEK_HOLE));
}

int sluice_file_set_size(int descriptor, int64_t size) { CALL(int, ftruncate(descriptor, size)); }

int64_t sluice_file_read(int descriptor, void *bytes, uint64_t count, int64_t offset) {
  CALL(int64_t, (int64_t)pread(descriptor, bytes, count, offset));
}

int64_t sluice_file_write(int descriptor, const void *bytes, uint64_t count, int64_t offset) {
  CALL(int64_t, (int64_t)pwrite(descriptor, bytes, count, offset));
}

int sluice_sync_file(int descriptor) { CALL(int, fsync(descriptor)); }
int sluice_sync_all(int descriptor) { CALL(int, syncfs(descriptor)); }

int sluice_file_system(int descriptor, int64_t *magic, int64_t *free_bytes, int64_t *free_inodes) {
  struct statfs status;
  if (fstatfs(descriptor, &status) < 0) return -errno;
  *magic = (uint32_t)status.f_type;
  *free_bytes = (int64_t)status.f_bavail * status.f_bsize;
  *free_inodes = status.f_files == 0 ? -1 : (int64_t)status.f_ffree;
  return 0;
}

int sluice_watch_open(void) { CALL(int, inotify_init1(IN_NONBLOCK | IN_CLOEXEC)); }

int sluice_watch_add(int watch, int directory) {
  struct own_name name = own_name(directory);
  CALL(int, inotify_add_watch(watch, name.text,
                              IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVE_SELF |
                                  IN_DELETE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK));
}

int sluice_watch_remove(int watch, int number) { CALL(int, inotify_rm_watch(watch, number)); }

int sluice_wake_open(void) { CALL(int, eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }

int sluice_wait(int first, int second, int milliseconds) {
  struct pollfd both[2] = {{.fd = first, .events = POLLIN}, {.fd = second, .events = POLLIN}};
  int ready = poll(both, 2, milliseconds);
  if (ready < 0) return errno == EINTR ? 0 : -errno;
  return (both[0].revents != 0) | (both[1].revents != 0) << 1;
}

int64_t sluice_group_id(const char *name) {
  struct group group, *found = NULL;
  char buffer[16384];
  int failure = getgrnam_r(name, &group, buffer, sizeof buffer, &found);
  if (failure != 0) return -failure;
  return found == NULL ? -ENOENT : (int64_t)found->gr_gid;
}
