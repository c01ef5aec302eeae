/* faultat: runs a program and strikes at its Nth call on files whose path holds a given text.
 *
 *   faultat N ACTION PATH [-l LIST] -- PROGRAM ARGUMENT…
 *
 * The calls of all threads share one counter, so that N names one point of one run whatever the
 * program is linked with. close and dup are not among them: what fails of them has still happened.
 * ACTION is one of
 *
 *   count          strike nowhere; the list (-l) names every call
 *   kill, after    end the process with SIGKILL before the call, or when it has returned
 *   errno:NUMBER   the call is not made and returns this error
 *   short          a read or write gets half of its bytes
 *   stop:COMMAND   hold all threads, run COMMAND, then end the process
 *
 * Exit status: the program's; 128 + signal if it was killed; 99 if it made fewer than N such calls.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the call says which file it is about: a descriptor in the first argument, or a path in
 * argument 1 or 2. */
enum { DESCRIPTOR = 0, FIRST = 1, SECOND = 2 };
struct call { long number; const char *name; int where; };
static const struct call calls[] = {
    {SYS_write, "write", DESCRIPTOR}, {SYS_pwrite64, "pwrite", DESCRIPTOR},
    {SYS_writev, "writev", DESCRIPTOR}, {SYS_read, "read", DESCRIPTOR},
    {SYS_pread64, "pread", DESCRIPTOR}, {SYS_fsync, "fsync", DESCRIPTOR},
    {SYS_fdatasync, "fdatasync", DESCRIPTOR}, {SYS_syncfs, "syncfs", DESCRIPTOR},
    {SYS_ftruncate, "ftruncate", DESCRIPTOR}, {SYS_fallocate, "fallocate", DESCRIPTOR},
    {SYS_fchmod, "fchmod", DESCRIPTOR}, {SYS_fchown, "fchown", DESCRIPTOR},
    {SYS_copy_file_range, "copy_file_range", DESCRIPTOR}, {SYS_getdents64, "getdents", DESCRIPTOR},
    {SYS_fremovexattr, "fremovexattr", DESCRIPTOR}, {SYS_rename, "rename", FIRST},
    {SYS_renameat, "renameat", SECOND}, {SYS_renameat2, "renameat2", SECOND},
    {SYS_link, "link", FIRST}, {SYS_linkat, "linkat", SECOND}, {SYS_unlink, "unlink", FIRST},
    {SYS_unlinkat, "unlinkat", SECOND}, {SYS_mkdir, "mkdir", FIRST},
    {SYS_mkdirat, "mkdirat", SECOND}, {SYS_rmdir, "rmdir", FIRST}, {SYS_open, "open", FIRST},
    {SYS_openat, "openat", SECOND}, {SYS_openat2, "openat2", SECOND},
    {SYS_newfstatat, "fstatat", SECOND}, {SYS_ioctl, "ioctl", DESCRIPTOR},
    {SYS_fcntl, "fcntl", DESCRIPTOR}, {SYS_flock, "flock", DESCRIPTOR},
    {SYS_lseek, "lseek", DESCRIPTOR}, {SYS_fstatfs, "fstatfs", DESCRIPTOR},
    {SYS_flistxattr, "flistxattr", DESCRIPTOR}, {SYS_fgetxattr, "fgetxattr", DESCRIPTOR},
    {SYS_fsetxattr, "fsetxattr", DESCRIPTOR}, {SYS_access, "access", FIRST},
    {SYS_faccessat2, "faccessat2", SECOND}, {SYS_fchmodat, "fchmodat", SECOND},
    {SYS_fchownat, "fchownat", SECOND}, {SYS_utimensat, "utimensat", SECOND},
    {SYS_readlinkat, "readlinkat", SECOND}, {SYS_inotify_add_watch, "inotify_add_watch", SECOND}};

/* By thread: whether it is between entry and exit of a call. */
static char inside[1 << 22];

static void text_at(pid_t task, unsigned long address, char *out, size_t room) {
  size_t length = 0;
  while (length + 1 < room) {
    errno = 0;
    long word = ptrace(PTRACE_PEEKDATA, task, address + length, 0);
    if (errno) break;
    for (int byte = 0; byte < 8 && length + 1 < room; byte++, length++)
      if (!(out[length] = ((char *)&word)[byte])) return;
  }
  out[length] = 0;
}

static void link_target(pid_t task, int descriptor, char *out, size_t room) {
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", task, descriptor);
  ssize_t length = readlink(link, out, room - 1);
  out[length > 0 ? length : 0] = 0;
}

/* The path that a call is about; for a path relative to a descriptor both, joined. */
static void subject(pid_t task, const struct call *call, struct user_regs_struct *registers, char *out,
                    size_t room) {
  if (call->where == DESCRIPTOR) {
    link_target(task, (int)registers->rdi, out, room);
    return;
  }
  char name[4200];
  text_at(task, call->where == FIRST ? registers->rdi : registers->rsi, name, sizeof name);
  if (call->where == SECOND && name[0] != '/' && (int)registers->rdi >= 0) {
    link_target(task, (int)registers->rdi, out, room / 2);
    strncat(out, "/", room - strlen(out) - 1);
    strncat(out, name, room - strlen(out) - 1);
  } else if (!strncmp(name, "/proc/self/fd/", 14)) {
    link_target(task, atoi(name + 14), out, room);
  } else {
    snprintf(out, room, "%s", name);
  }
}

int main(int count, char **arguments) {
  if (count < 6) return fprintf(stderr, "usage: faultat N ACTION PATH [-l LIST] -- PROGRAM …\n"), 2;
  long wanted = atol(arguments[1]), made = 0, result = 0;
  const char *action = arguments[2], *path = arguments[3];
  int next = 4, struck = 0, status, code = 0, kill_after = 0;
  FILE *list = NULL;
  if (!strcmp(arguments[next], "-l")) list = fopen(arguments[next + 1], "w"), next += 2;
  next++;
  pid_t child = fork();
  if (child == 0) {
    raise(SIGSTOP);
    execvp(arguments[next], arguments + next);
    _exit(127);
  }
  waitpid(child, &status, WUNTRACED);
  if (ptrace(PTRACE_SEIZE, child, 0,
             PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                 PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)) {
    perror("faultat: ptrace");
    kill(child, SIGKILL);
    return 77;
  }
  kill(child, SIGCONT);
  pid_t armed = 0;
  for (;;) {
    pid_t task = waitpid(-1, &status, __WALL);
    if (task < 0) break;
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      inside[task] = 0;
      if (task == child) code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      continue;
    }
    int signal_number = WSTOPSIG(status), event = status >> 16, deliver = 0;
    if (signal_number == (SIGTRAP | 0x80)) {
      struct user_regs_struct registers;
      if (ptrace(PTRACE_GETREGS, task, 0, &registers)) continue;
      if (!inside[task]) {
        inside[task] = 1;
        for (size_t at = 0; at < sizeof calls / sizeof *calls; at++) {
          if ((long)registers.orig_rax != calls[at].number) continue;
          char about[8600] = "";
          subject(task, &calls[at], &registers, about, sizeof about);
          if (!strstr(about, path)) break;
          made++;
          if (list) fprintf(list, "%ld %s %s\n", made, calls[at].name, about);
          if (made != wanted || struck) break;
          struck = 1;
          if (!strcmp(action, "kill")) {
            kill(child, SIGKILL);
          } else if (!strcmp(action, "after")) {
            armed = task, kill_after = 1;
          } else if (!strncmp(action, "errno:", 6)) {
            result = -atol(action + 6);
            registers.orig_rax = -1;
            ptrace(PTRACE_SETREGS, task, 0, &registers);
            armed = task;
          } else if (!strcmp(action, "short") && calls[at].where == DESCRIPTOR && registers.rdx > 1) {
            registers.rdx /= 2;
            ptrace(PTRACE_SETREGS, task, 0, &registers);
          } else if (!strncmp(action, "stop:", 5)) {
            if (system(action + 5) != 0) fprintf(stderr, "faultat: the command failed\n");
            kill(child, SIGKILL);
          }
          break;
        }
      } else {
        inside[task] = 0;
        if (task == armed) {
          armed = 0;
          if (kill_after) {
            kill(child, SIGKILL);
          } else {
            registers.rax = result;
            ptrace(PTRACE_SETREGS, task, 0, &registers);
          }
        }
      }
    } else if (event) {
      if (event == PTRACE_EVENT_STOP && (signal_number == SIGSTOP || signal_number == SIGTSTP)) {
        ptrace(PTRACE_LISTEN, task, 0, 0);
        continue;
      }
    } else {
      deliver = signal_number;
    }
    ptrace(PTRACE_SYSCALL, task, 0, deliver);
  }
  if (list) fclose(list);
  return wanted > 0 && !struck ? 99 : code;
}
