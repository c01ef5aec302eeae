#define _GNU_SOURCE
#include "sluice_identity.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

struct visit {
  sluice_object body;
  void *context;
};

static int object(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size;
  struct visit *visit = context;
  const char *path = info->dlpi_name ? info->dlpi_name : "";
  for (int index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[index];
    if (header->p_type != PT_NOTE) continue;
    const uint8_t *note = (const uint8_t *)info->dlpi_addr + header->p_vaddr;
    const uint8_t *end = note + header->p_memsz;
    // Notes of segments that are aligned to 8 are of another kind.
    if (header->p_align > 4) continue;
    while (note + sizeof(ElfW(Nhdr)) <= end) {
      const ElfW(Nhdr) *head = (const void *)note;
      const uint8_t *name = note + sizeof *head;
      const uint8_t *id = name + ((head->n_namesz + 3) & ~3u);
      if (id + head->n_descsz > end) break;
      if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == 4 && !memcmp(name, "GNU", 4)) {
        visit->body(path, id, head->n_descsz, visit->context);
        return 0;
      }
      note = id + ((head->n_descsz + 3) & ~3u);
    }
  }
  visit->body(path, NULL, 0, visit->context);
  return 0;
}

void sluice_loaded_objects(sluice_object body, void *context) {
  struct visit visit = {body, context};
  dl_iterate_phdr(object, &visit);
}

size_t sluice_cpu_words(uint64_t *words, size_t room) {
  size_t count = 0;
#define ADD(value) do { if (count < room) words[count++] = (value); } while (0)
  ADD(getauxval(AT_HWCAP));
  ADD(getauxval(AT_HWCAP2));
#if defined(__x86_64__)
  unsigned a, b, c, d;
  // Maker; family, model and stepping with features; more features; those of AMD; state that the
  // system saves.
  if (__get_cpuid(0, &a, &b, &c, &d)) { ADD(a); ADD((uint64_t)b << 32 | c); ADD(d); }
  // The second word names the core that answers.
  if (__get_cpuid(1, &a, &b, &c, &d)) { ADD(a); ADD((uint64_t)c << 32 | d); }
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) { ADD(b); ADD((uint64_t)c << 32 | d); }
  if (__get_cpuid(0x80000001u, &a, &b, &c, &d)) { ADD((uint64_t)c << 32 | d); }
  if (__get_cpuid_count(0xd, 0, &a, &b, &c, &d)) { ADD(a); }
#endif
#undef ADD
  return count;
}

void sluice_lower_priority(int nice) {
  // For Linux, a thread is what a process is for POSIX. Where it is refused, nothing is lost.
  (void)setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice);
}
