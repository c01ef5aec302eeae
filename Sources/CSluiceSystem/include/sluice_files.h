// What claiming, opening and placing files needs of the system. Thin wrappers, no policy.
// Each gives 0 or a value, or -1 times errno; a call that a signal interrupted is made again.
#ifndef SLUICE_FILES_H
#define SLUICE_FILES_H

#include <dirent.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/// A descriptor that only stands for what `name` names (O_PATH); links are not followed.
int sluice_file_handle(int directory, const char *name);
/// Opens what a descriptor of sluice_file_handle stands for, for reading, without blocking, without
/// changing its access time where that is permitted.
int sluice_file_reopen(int handle);
/// Opens a regular file for reading as sluice_file_reopen does; only for names that nobody else can
/// change between a look and this.
int sluice_file_read_open(int directory, const char *name);
/// The status of what `name` names, of a link itself where it is one.
int sluice_file_look(int directory, const char *name, struct stat *status);
/// A new file for reading and writing; fails if there is something under that name.
int sluice_file_create(int directory, const char *name, uint32_t mode);
/// An unnamed file for reading and writing in a directory (O_TMPFILE).
int sluice_file_unnamed(int directory, uint32_t mode);
/// An existing or new file for reading and writing that is no link; for the lock.
int sluice_file_lockable(int directory, const char *name, uint32_t mode);
/// An existing file for reading; links are not followed.
int sluice_file_open(int directory, const char *name);
/// Gives an open file a name; never replaces.
int sluice_file_link(int descriptor, int directory, const char *name);
int sluice_file_status(int descriptor, struct stat *status);

/// A directory, opened for reading; its last part may be no link.
int sluice_folder_open(int directory, const char *name);
/// As above, for a path that may leave `directory` or pass a link nowhere.
int sluice_folder_beneath(int directory, const char *path);
int sluice_folder_make(int directory, const char *name, uint32_t mode);
int sluice_folder_remove(int directory, const char *name);
/// Whether this process may take files out of an open directory.
int sluice_folder_permits(int directory);
/// The next entry but "." and "..": 1 with its name and d_type, 0 after the last.
int sluice_folder_next(DIR *folder, const char **name, uint8_t *type);

int sluice_name_move(int from_dir, const char *from, int to_dir, const char *to);
/// Replaces what is under `to`.
int sluice_name_move_over(int from_dir, const char *from, int to_dir, const char *to);
int sluice_name_remove(int directory, const char *name);

/// Takes a read lease: 0, -EAGAIN while somebody can write to the file, -EACCES where the file
/// belongs to another user and there is no CAP_LEASE. A later writer then waits; that it does is
/// told by SIGURG, which does nothing, instead of SIGIO, which ends a process.
int sluice_lease_take(int descriptor);
/// 1 while the lease is held and nobody waits to write, 0 otherwise.
int sluice_lease_held(int descriptor);
int sluice_lease_drop(int descriptor);

/// Takes the write lock that belongs to this open file (F_OFD_SETLK); -EAGAIN if another has it.
int sluice_lock_take(int descriptor);
/// 1 if another open file has the lock.
int sluice_lock_taken(int descriptor);

/// Mode or group of what a descriptor (of sluice_file_handle, too) stands for.
int sluice_file_set_mode(int handle, uint32_t mode);
int sluice_file_set_group(int handle, uint32_t group);
int sluice_file_set_times(int descriptor, int64_t accessed, int64_t modified);

/// FICLONE: shares the blocks of a whole file.
int sluice_file_clone(int to, int from);
/// copy_file_range at one offset of both files; the bytes copied, 0 at the end.
int64_t sluice_file_copy_range(int from, int to, int64_t offset, uint64_t length);
/// The next offset with data (or the next hole) from `offset` on; -ENXIO beyond the last.
int64_t sluice_file_next_data(int descriptor, int64_t offset);
int64_t sluice_file_next_hole(int descriptor, int64_t offset);
int sluice_file_set_size(int descriptor, int64_t size);
int64_t sluice_file_read(int descriptor, void *bytes, uint64_t count, int64_t offset);
int64_t sluice_file_write(int descriptor, const void *bytes, uint64_t count, int64_t offset);

int sluice_sync_file(int descriptor);
int sluice_sync_all(int descriptor);

/// The file system's magic number, its free bytes for this user, its free inodes (-1: unlimited).
int sluice_file_system(int descriptor, int64_t *magic, int64_t *free_bytes, int64_t *free_inodes);

int sluice_watch_open(void);
/// Watches an open directory for files that were closed, moved in or made, and for its own move.
int sluice_watch_add(int watch, int directory);
int sluice_watch_remove(int watch, int number);
int sluice_wake_open(void);
/// Waits until one of both can be read: 1 or 2 (3: both), 0 after the timeout.
int sluice_wait(int first, int second, int milliseconds);

/// The numeric id of a group; -ENOENT if there is none.
int64_t sluice_group_id(const char *name);

#endif
