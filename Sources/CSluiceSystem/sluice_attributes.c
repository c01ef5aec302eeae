#include "sluice_attributes.h"

#include <sys/xattr.h>

int sluice_attribute_set(int descriptor, const char *name, const void *value, size_t size) {
  return fsetxattr(descriptor, name, value, size, 0);
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
