// Extended attributes of an open file. Thin wrappers, no policy.
#ifndef SLUICE_ATTRIBUTES_H
#define SLUICE_ATTRIBUTES_H

#include <stddef.h>
#include <sys/types.h>

/// fsetxattr(2), creating or replacing; 0, or -1 with errno.
int sluice_attribute_set(int descriptor, const char *name, const void *value, size_t size);

/// The same for what `path` names below an open directory, without opening it or following a link
/// at its end; with ENAMETOOLONG also where the path is longer than 4,000 bytes.
int sluice_attribute_set_at(int directory, const char *path, const char *name, const void *value,
                            size_t size);

/// fgetxattr(2); the value's length (also with a `size` of 0), or -1 with errno.
ssize_t sluice_attribute_get(int descriptor, const char *name, void *value, size_t size);

/// flistxattr(2): names, each ended by a NUL; their length in all (also with a `size` of 0), or -1
/// with errno.
ssize_t sluice_attribute_list(int descriptor, char *names, size_t size);

/// fremovexattr(2); 0, or -1 with errno.
int sluice_attribute_remove(int descriptor, const char *name);

#endif
