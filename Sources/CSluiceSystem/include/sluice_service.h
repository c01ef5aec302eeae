// What the daemon's sockets and threads need of the system. Thin wrappers, no policy.
#ifndef SLUICE_SERVICE_H
#define SLUICE_SERVICE_H

#include <stdint.h>
#include <sys/types.h>

/// Who was at the other end of a Unix stream socket when it connected (SO_PEERCRED); 0, or -1 with
/// errno.
int sluice_peer(int descriptor, int32_t *pid, uint32_t *user, uint32_t *group);

/// accept4(2) with SOCK_CLOEXEC; a descriptor, or -1 with errno.
int sluice_accept(int descriptor);

/// open(2) of a folder with O_PATH | O_DIRECTORY | O_CLOEXEC; a descriptor, or -1 with errno.
int sluice_open_folder_path(const char *path);

/// pipe2(2) with O_CLOEXEC; 0, or -1 with errno.
int sluice_pipe(int descriptors[2]);

/// Names the calling thread, as ps and the debugger show it; at most 15 bytes count.
void sluice_name_thread(const char *name);

/// Whether memory can be made executable after it was written (PR_GET_MDWE); 1 refused, 0 allowed.
int sluice_denies_write_execute(void);

#endif
