// What the measured programs share: patterns, files read into memory, time, and one line of JSON.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static inline void fail(const char *what, const char *which) {
  fprintf(stderr, "%s: %s\n", what, which);
  exit(2);
}

static inline double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static char **patterns;
static unsigned pattern_count;

static inline void read_patterns(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) fail("cannot read", path);
  char *line = NULL;
  size_t room = 0, most = 0;
  ssize_t length;
  while ((length = getline(&line, &room, file)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    if (pattern_count == most) patterns = realloc(patterns, (most = most * 2 + 64) * sizeof *patterns);
    patterns[pattern_count++] = strdup(line);
  }
  free(line);
  fclose(file);
}

struct text {
  char *path, *bytes;
  size_t count;
};
static struct text *texts;
static unsigned text_count;
static size_t total;

static inline void read_file(const char *path) {
  static unsigned most;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status)) fail("cannot read", path);
  struct text text = {strdup(path), malloc(status.st_size + 64), 0};
  ssize_t got;
  while ((got = read(file, text.bytes + text.count, status.st_size - text.count)) > 0) text.count += got;
  close(file);
  if (text_count == most) texts = realloc(texts, (most = most * 2 + 64) * sizeof *texts);
  texts[text_count++] = text;
  total += text.count;
}

// In the order of names, so that every program counts files alike.
static inline void read_texts(const char *path) {
  struct stat status;
  if (lstat(path, &status)) fail("cannot read", path);
  if (S_ISREG(status.st_mode)) return read_file(path);
  if (!S_ISDIR(status.st_mode)) return;
  struct dirent **names;
  int count = scandir(path, &names, NULL, alphasort);
  for (int i = 0; i < count; i++) {
    if (names[i]->d_name[0] != '.') {
      char *below;
      if (asprintf(&below, "%s/%s", path, names[i]->d_name) < 0) exit(2);
      read_texts(below);
      free(below);
    }
    free(names[i]);
  }
  free(names);
}

static FILE *hit_file;
static size_t hit_count;

static inline void hit(unsigned text, unsigned pattern) {
  hit_count++;
  if (hit_file) fprintf(hit_file, "%s\t%u\n", texts[text].path, pattern);
}

static inline void report(double setup, double seconds) {
  if (hit_file) fclose(hit_file);
  printf("{\"setup\": %.6f, \"seconds\": %.6f, \"bytes\": %zu, \"files\": %u, \"hits\": %zu}\n", setup, seconds,
         total, text_count, hit_count);
}

static inline void begin(int count, char **arguments) {
  if (count < 3) fail("usage", "PATTERNS TEXTS [HITS]");
  read_patterns(arguments[1]);
  read_texts(arguments[2]);
  if (count > 3 && *arguments[3] && !(hit_file = fopen(arguments[3], "w"))) fail("cannot write", arguments[3]);
}
