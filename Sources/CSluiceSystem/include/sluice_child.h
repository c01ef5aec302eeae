// A child process at the other end of a socket, and open descriptors handed over it. Thin wrappers,
// no policy.
#ifndef SLUICE_CHILD_H
#define SLUICE_CHILD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Starts a program with its end of a new socket as descriptor 3, nothing on 0 to 2, no other
/// descriptor, no signal blocked, and `environment` only.
/// - Returns: this side's end of the socket, or -1 times errno.
int sluice_child_start(const char *path, char *const arguments[], char *const environment[],
                       pid_t *child);

/// Ends a child at once and waits for it.
/// - Returns: what waitpid says of its end; -1 where it was not a child.
int sluice_child_end(pid_t child);

/// Sends all of `bytes` with one descriptor (or with -1 none); 0, or -1 times errno. A peer that is
/// gone is EPIPE, never a signal.
int sluice_child_send(int socket, const void *bytes, size_t count, int descriptor);

/// Receives up to `count` bytes, and a descriptor if one came (else -1).
/// - Returns: the bytes, 0 at the end, or -1 times errno.
ssize_t sluice_child_receive(int socket, void *bytes, size_t count, int *descriptor);

/// An unnamed file in memory; or -1 times errno.
int sluice_memory_file(const char *name);

#endif
