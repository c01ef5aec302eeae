/* hold PID: stops one worker thread of a process, and only it, until this program ends. What hangs
 * is then one thread, as a hung parser would be: the others go on. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  char path[300], name[64];
  snprintf(path, sizeof path, "/proc/%s/task", count > 1 ? arguments[1] : "self");
  DIR *tasks = opendir(path);
  if (!tasks) return perror(path), 2;
  int held = 0;
  for (struct dirent *entry; (entry = readdir(tasks));) {
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "/proc/%s/task/%.20s/comm", arguments[1], entry->d_name);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(name, sizeof name, file) || strncmp(name, "worker", 6)) continue;
    fclose(file);
    pid_t task = atoi(entry->d_name);
    if (ptrace(PTRACE_SEIZE, task, 0, 0) || ptrace(PTRACE_INTERRUPT, task, 0, 0))
      return perror("ptrace"), 2;
    waitpid(task, NULL, __WALL);
    held++;
  }
  printf("held %d\n", held);
  fflush(stdout);
  if (!held) return 1;
  /* A traced thread that dies must be taken note of, or its process never ends. */
  while (waitpid(-1, NULL, __WALL) > 0) {}
  return 0;
}
