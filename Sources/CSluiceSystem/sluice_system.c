#define _GNU_SOURCE
#include "sluice_system.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int sluice_rename_noreplace(int from_dir, const char *from, int to_dir, const char *to) {
  return renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE);
}

int sluice_syncfs(int descriptor) { return syncfs(descriptor); }
