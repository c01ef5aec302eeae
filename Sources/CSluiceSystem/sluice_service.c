#define _GNU_SOURCE
#include "sluice_service.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

int sluice_peer(int descriptor, int32_t *pid, uint32_t *user, uint32_t *group) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
  *pid = peer.pid;
  *user = peer.uid;
  *group = peer.gid;
  return 0;
}

int sluice_accept(int descriptor) { return accept4(descriptor, NULL, NULL, SOCK_CLOEXEC); }

int sluice_open_folder_path(const char *path) {
  return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int sluice_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

void sluice_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

int sluice_denies_write_execute(void) {
#ifndef PR_GET_MDWE
#define PR_GET_MDWE 66
#endif
  int state = prctl(PR_GET_MDWE, 0, 0, 0, 0);
  return state > 0 ? 1 : 0;
}
