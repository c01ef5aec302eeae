#include "sluice_attributes.h"

#include <errno.h>
#include <stdio.h>
#include <sys/xattr.h>

int sluice_attribute_set(int descriptor, const char *name, const void *value, size_t size) {
  return fsetxattr(descriptor, name, value, size, 0);
}

int sluice_attribute_set_at(int directory, const char *path, const char *name, const void *value,
                            size_t size) {
  char whole[4096];
  int length = snprintf(whole, sizeof whole, "/proc/self/fd/%d/%s", directory, path);
  if (length < 0 || (size_t)length >= sizeof whole) {
    errno = ENAMETOOLONG;
    return -1;
  }
  return lsetxattr(whole, name, value, size, 0);
}

ssize_t sluice_attribute_get(int descriptor, const char *name, void *value, size_t size) {
  return fgetxattr(descriptor, name, value, size);
}

ssize_t sluice_attribute_list(int descriptor, char *names, size_t size) {
  return flistxattr(descriptor, names, size);
}

int sluice_attribute_remove(int descriptor, const char *name) {
  return fremovexattr(descriptor, name);
}
