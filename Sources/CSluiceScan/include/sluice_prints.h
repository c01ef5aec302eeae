// One pass over a stretch of bytes that finds where one of many short sequences of byte classes may
// stand. No allocation, no state, no global.
#ifndef SLUICE_PRINTS_H
#define SLUICE_PRINTS_H

#include <stddef.h>
#include <stdint.h>

/// Bytes of a sequence that are looked at.
#define SLUICE_PRINT_BYTES 4

/// Eight buckets of sequences. Bit b of `low[k][byte & 15] & high[k][byte >> 4]` says whether the
/// byte can be the k-th of a sequence of bucket b.
typedef struct {
  uint8_t low[SLUICE_PRINT_BYTES][16];
  uint8_t high[SLUICE_PRINT_BYTES][16];
} sluice_prints;

/// Sequences by the buckets that they are in.
typedef struct {
  const sluice_prints *groups;
  size_t group_count;
  /// By bucket (eight a group), the number of its first sequence; one more ends the last.
  const uint32_t *first;
  /// By the number of a sequence: its bytes, the first in the lowest byte, and above them a bit for
  /// each of their bits that counts.
  const uint64_t *keys;
} sluice_print_table;

/// A place where a sequence may begin.
typedef struct {
  uint32_t at;
  uint32_t sequence;
} sluice_print_hit;

/// Adds to `hits` all places in `text[from..<to]` where a sequence may begin; bytes beyond `count`
/// count as 0. `simd` says what of the CPU to use, at most `sluice_simd()`.
///
/// - Returns: how many there are; more than `room` where not all could be written.
size_t sluice_find_prints(const uint8_t *text, size_t count, size_t from, size_t to,
                          const sluice_print_table *table, sluice_print_hit *hits, size_t room,
                          int simd);

#endif
