// What decides how a match comes out beside rules and text: the code that is loaded, and the CPU.
#ifndef SLUICE_IDENTITY_H
#define SLUICE_IDENTITY_H

#include <stddef.h>
#include <stdint.h>

/// Called for the program and each shared library: its path (empty for the program), and the build
/// id that its linker gave it (`size` 0 where there is none).
typedef void (*sluice_object)(const char *path, const uint8_t *id, size_t size, void *context);
void sluice_loaded_objects(sluice_object body, void *context);

/// Words that differ between CPUs of different abilities, the same on all cores of one machine.
/// Fills at most `room`; the number that is filled.
size_t sluice_cpu_words(uint64_t *words, size_t room);

/// Makes the calling thread, and threads that it starts from then on, yield to others.
void sluice_lower_priority(int nice);

#endif
