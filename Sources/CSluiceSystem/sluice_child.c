#define _GNU_SOURCE
#include "sluice_child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILD_SOCKET = 3, SOCKET_BYTES = 1 << 20 };

static int spawn(const char *path, char *const arguments[], char *const environment[], int end,
                 pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int code = posix_spawn_file_actions_init(&actions);
  if (code) return code;
  code = posix_spawnattr_init(&attributes);
  if (code) {
    posix_spawn_file_actions_destroy(&actions);
    return code;
  }
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  for (int standard = 0; standard < CHILD_SOCKET && !code; standard++)
    code = posix_spawn_file_actions_addopen(&actions, standard, "/dev/null", O_RDWR, 0);
  if (!code) code = posix_spawn_file_actions_adddup2(&actions, end, CHILD_SOCKET);
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(&actions, CHILD_SOCKET + 1);
  if (!code) code = posix_spawn(child, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int sluice_child_start(const char *path, char *const arguments[], char *const environment[],
                       pid_t *child) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return -errno;
  for (int index = 0; index < 2; index++) {
    int size = SOCKET_BYTES;
    setsockopt(ends[index], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  }
  // Above the numbers that the child's own descriptors take.
  int end = fcntl(ends[1], F_DUPFD_CLOEXEC, CHILD_SOCKET + 1);
  int code = end < 0 ? errno : spawn(path, arguments, environment, end, child);
  if (end >= 0) close(end);
  close(ends[1]);
  if (code) {
    close(ends[0]);
    return -code;
  }
  return ends[0];
}

int sluice_child_end(pid_t child) {
  int status = -1;
  kill(child, SIGKILL);
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return -1;
  return status;
}

int sluice_child_send(int socket, const void *bytes, size_t count, int descriptor) {
  union {
    struct cmsghdr align;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  size_t sent = 0;
  while (sent < count) {
    struct iovec part = {(char *)bytes + sent, count - sent};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor >= 0 && sent == 0) {
      memset(&control, 0, sizeof control);
      message.msg_control = control.room;
      message.msg_controllen = sizeof control.room;
      struct cmsghdr *header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    ssize_t step = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (step < 0 && errno != EINTR) return -errno;
    if (step > 0) sent += (size_t)step;
  }
  return 0;
}

ssize_t sluice_child_receive(int socket, void *bytes, size_t count, int *descriptor) {
  union {
    struct cmsghdr align;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  *descriptor = -1;
  while (1) {
    struct iovec part = {bytes, count};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = control.room,
        .msg_controllen = sizeof control.room,
    };
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0) {
      if (errno == EINTR) continue;
      return -errno;
    }
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int)))
      memcpy(descriptor, CMSG_DATA(header), sizeof(int));
    return got;
  }
}

int sluice_memory_file(const char *name) {
  int file = memfd_create(name, MFD_CLOEXEC);
  return file < 0 ? -errno : file;
}
