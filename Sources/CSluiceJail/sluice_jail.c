#define _GNU_SOURCE
#include "sluice_jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock's numbers, which the kernel's headers of Debian 12 know only in part.
enum {
  LANDLOCK_READ_FILE = 1 << 2,
  LANDLOCK_READ_DIR = 1 << 3,
  LANDLOCK_BASE = (1 << 13) - 1,
  LANDLOCK_REFER = 1 << 13,
  LANDLOCK_TRUNCATE = 1 << 14,
  LANDLOCK_DEVICE = 1 << 15,
  LANDLOCK_NETWORK = 3,
  LANDLOCK_SCOPES = 3,
};
struct landlock_rules {
  uint64_t files, network, scopes;
};
struct landlock_path {
  uint64_t access;
  int32_t parent;
} __attribute__((packed));

static void say(char *trouble, size_t size, const char *what, int code) {
  size_t used = strlen(trouble);
  if (used < size)
    snprintf(trouble + used, size - used, "%s%s: %s", used ? "; " : "", what, strerror(code));
}

static int limit(int which, uint64_t value) {
  struct rlimit both = {value, value};
  return setrlimit(which, &both);
}

static int close_limits(const struct sluice_jail *jail) {
  if (limit(RLIMIT_AS, jail->memory) || limit(RLIMIT_CPU, jail->seconds) ||
      limit(RLIMIT_FSIZE, jail->file) || limit(RLIMIT_NOFILE, jail->descriptors) ||
      limit(RLIMIT_CORE, 0))
    return errno;
  return 0;
}

static int close_landlock(const struct sluice_jail *jail) {
  int version = syscall(444, NULL, 0, 1);
  if (version < 1) return version < 0 ? errno : ENOSYS;
  struct landlock_rules rules = {.files = LANDLOCK_BASE};
  size_t size = sizeof rules.files;
  if (version >= 2) rules.files |= LANDLOCK_REFER;
  if (version >= 3) rules.files |= LANDLOCK_TRUNCATE;
  if (version >= 5) rules.files |= LANDLOCK_DEVICE;
  if (version >= 4) {
    rules.network = LANDLOCK_NETWORK;
    size = sizeof rules.files + sizeof rules.network;
  }
  if (version >= 6) {
    rules.scopes = LANDLOCK_SCOPES;
    size = sizeof rules;
  }
  int set = syscall(444, &rules, size, 0);
  if (set < 0) return errno;
  if (jail->readable) {
    int folder = open(jail->readable, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
      struct landlock_path path = {LANDLOCK_READ_FILE | LANDLOCK_READ_DIR, folder};
      int added = syscall(445, set, 1, &path, 0);
      int code = errno;
      close(folder);
      if (added != 0) {
        close(set);
        return code;
      }
    }
  }
  int code = syscall(446, set, 0) == 0 ? 0 : errno;
  close(set);
  return code;
}

static int close_seccomp(int landlocked) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (!filter) return ENOTSUP;
  static const int allowed[] = {
      SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(pwrite64),
      SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(close),
      SCMP_SYS(ftruncate), SCMP_SYS(fadvise64), SCMP_SYS(munmap), SCMP_SYS(mremap),
      SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
      SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rt_sigaction),
      SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
      SCMP_SYS(restart_syscall), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres),
      SCMP_SYS(clock_nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getrandom),
      SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
      SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(setitimer), SCMP_SYS(alarm),
      SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(recvmsg),
      SCMP_SYS(dup), SCMP_SYS(umask), SCMP_SYS(getdents64),
  };
  int bad = 0;
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
  // Memory, but never executable.
  const struct scmp_arg_cmp no_code = SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
  static const int control[] = {F_GETFL, F_GETFD, F_SETFD, F_DUPFD, F_DUPFD_CLOEXEC};
  for (size_t i = 0; i < sizeof control / sizeof *control; i++)
    bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                            SCMP_A1_32(SCMP_CMP_EQ, (unsigned)control[i]));
  // An abort ends this process and no other.
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                          SCMP_A0_32(SCMP_CMP_EQ, (unsigned)getpid()));
  // Limits can be asked for, not changed.
  bad |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
                          SCMP_A2_64(SCMP_CMP_EQ, 0));
  // Reading only; which paths is Landlock's to say, and without it none.
  if (landlocked) {
    bad |= seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
        SCMP_A2_32(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | __O_TMPFILE, 0));
  } else {
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0);
  }
  // Asked for by libraries that can do without.
  static const int refused[] = {
      SCMP_SYS(open), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
      SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx),
      SCMP_SYS(sysinfo), SCMP_SYS(getcwd), SCMP_SYS(uname),
  };
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
  bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
  // A stream's flush syncs the file in memory behind it: there is nothing to do.
  bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(0), SCMP_SYS(fsync), 0);
  int loaded = bad ? bad : seccomp_load(filter);
  seccomp_release(filter);
  return loaded < 0 ? -loaded : loaded;
}

int sluice_jail_close(const struct sluice_jail *jail, char *trouble, size_t size) {
  int closed = 0;
  if (size > 0) trouble[0] = 0;
  int code = close_limits(jail);
  if (code) say(trouble, size, "limits", code);
  else closed |= SLUICE_JAIL_LIMITS;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) say(trouble, size, "no new privileges", errno);
  else closed |= SLUICE_JAIL_NO_NEW_PRIVILEGES;
  code = close_landlock(jail);
  if (code) say(trouble, size, "Landlock", code);
  else closed |= SLUICE_JAIL_LANDLOCK;
  code = close_seccomp(closed & SLUICE_JAIL_LANDLOCK);
  if (code) say(trouble, size, "seccomp", code);
  else closed |= SLUICE_JAIL_SECCOMP;
  return closed;
}

int sluice_jail_try(const char *deed) {
  if (!strcmp(deed, "open")) return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
  if (!strcmp(deed, "folder")) return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0;
  if (!strcmp(deed, "self")) return open("/proc/self/maps", O_RDONLY | O_CLOEXEC) >= 0;
  if (!strcmp(deed, "write")) return open("/tmp/sluice-jail", O_WRONLY | O_CREAT, 0600) >= 0;
  if (!strcmp(deed, "device")) return open("/dev/mem", O_RDONLY | O_CLOEXEC) >= 0;
  if (!strcmp(deed, "null")) return open("/dev/null", O_RDONLY | O_CLOEXEC) >= 0;
  if (!strcmp(deed, "socket")) return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
  if (!strcmp(deed, "internet")) return socket(AF_INET, SOCK_STREAM, 0) >= 0;
  if (!strcmp(deed, "process")) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    return child > 0;
  }
  if (!strcmp(deed, "program")) {
    char *arguments[] = {"/bin/true", NULL};
    execv(arguments[0], arguments);
    return 0;
  }
  if (!strcmp(deed, "executable"))
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
  if (!strcmp(deed, "protect")) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
  }
  if (!strcmp(deed, "signal")) return kill(getppid(), 0) == 0;
  if (!strcmp(deed, "trace")) return syscall(SYS_ptrace, 0, 0, 0, 0) == 0;
  return -1;
}
