// CSluiceSystem: the few system calls that Swift's Glibc module lacks. Thin wrappers, no policy.
#ifndef SLUICE_SYSTEM_H
#define SLUICE_SYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// renameat2(2) with RENAME_NOREPLACE; 0, or -1 with errno.
int sluice_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to);

/// syncfs(2) on the file system that holds `descriptor`; 0, or -1 with errno.
int sluice_syncfs(int descriptor);

#endif
