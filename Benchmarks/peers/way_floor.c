// The least that a durable filter has to ask of the system for each file, in batches as Sluice has
// them, and nothing else: no look inside, no hash, no rule.
//
//   way_floor drop FROM INCOMING       moves every file of FROM into INCOMING (what a producer does)
//   way_floor run SPOOL LINE BATCH     for BATCH files at a time: rename incoming -> work; syncfs; a
//                                      line of LINE bytes a file and fdatasync of the log; rename
//                                      work -> passed; fsync of passed
//   way_floor sync SPOOL COUNT         COUNT times a small append with fdatasync, one line of times
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(2);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static int folder(int parent, const char *name) {
  mkdirat(parent, name, 0700);
  int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(name);
  return descriptor;
}

// All names of a directory, in the order that the file system gives them.
static char **names_in(int descriptor, unsigned *count) {
  DIR *stream = fdopendir(dup(descriptor));
  if (!stream) fail("list");
  char **names = NULL;
  unsigned most = 0;
  *count = 0;
  for (struct dirent *entry; (entry = readdir(stream));) {
    if (entry->d_name[0] == '.') continue;
    if (*count == most) names = realloc(names, (most = most * 2 + 1024) * sizeof *names);
    names[(*count)++] = strdup(entry->d_name);
  }
  closedir(stream);
  return names;
}

static void move(int from, int to, const char *name) {
  if (renameat2(from, name, to, name, RENAME_NOREPLACE)) fail(name);
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  const char *mode = arguments[1];
  if (!strcmp(mode, "drop")) {
    unsigned files;
    int from = folder(AT_FDCWD, arguments[2]), to = folder(AT_FDCWD, arguments[3]);
    char **names = names_in(from, &files);
    double start = now();
    for (unsigned i = 0; i < files; i++) move(from, to, names[i]);
    printf("{\"files\": %u, \"seconds\": %.6f}\n", files, now() - start);
    return 0;
  }
  int spool = folder(AT_FDCWD, arguments[2]);
  int log = openat(spool, "floor.jsonl", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) fail("log");
  if (!strcmp(mode, "sync")) {
    int rounds = atoi(arguments[3]);
    for (int i = 0; i < rounds; i++) {
      char line[800];
      memset(line, 'x', sizeof line);
      double start = now();
      if (write(log, line, sizeof line) < 0 || fdatasync(log)) fail("log");
      printf("%.6f ", now() - start);
    }
    puts("");
    return 0;
  }
  size_t line = atoi(arguments[3]);
  unsigned batch = count > 4 ? atoi(arguments[4]) : 256, files;
  int incoming = folder(spool, "incoming"), work = folder(spool, "work"), passed = folder(spool, "passed");
  char *lines = malloc(line * batch);
  memset(lines, 'x', line * batch);
  double start = now();
  char **names = names_in(incoming, &files);
  for (unsigned first = 0; first < files; first += batch) {
    unsigned end = first + batch < files ? first + batch : files;
    for (unsigned i = first; i < end; i++) move(incoming, work, names[i]);
    if (syncfs(spool)) fail("syncfs");
    if (write(log, lines, line * (end - first)) < 0 || fdatasync(log)) fail("log");
    for (unsigned i = first; i < end; i++) move(work, passed, names[i]);
    if (fsync(passed)) fail("fsync");
  }
  printf("{\"files\": %u, \"seconds\": %.6f}\n", files, now() - start);
  return 0;
}
