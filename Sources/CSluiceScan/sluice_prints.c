#include "sluice_prints.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define ALWAYS static inline __attribute__((always_inline))

/// Bytes that one step looks at at most, and those it reads.
enum { step = 64, read = step + SLUICE_PRINT_BYTES - 1 };

typedef struct {
  const sluice_print_table *table;
  sluice_print_hit *hits;
  size_t room, used;
} sink;

/// Writes down which sequences of some of a group's buckets may begin at a place.
static __attribute__((noinline)) void put(sink *s, const uint8_t *bytes, size_t at, size_t group,
                                          uint8_t buckets) {
  uint32_t here;
  memcpy(&here, bytes, sizeof here);
  const sluice_print_table *t = s->table;
  for (unsigned left = buckets; left; left &= left - 1) {
    const uint32_t *first = t->first + group * 8 + (unsigned)__builtin_ctz(left);
    for (uint32_t i = first[0]; i < first[1]; i++) {
      if ((here ^ (uint32_t)t->keys[i]) & (uint32_t)(t->keys[i] >> 32)) continue;
      if (s->used < s->room) s->hits[s->used] = (sluice_print_hit){(uint32_t)at, i};
      s->used++;
    }
  }
}

/// The places of one step; `bytes` has `read` of them.
static void step_plain(const uint8_t *bytes, size_t at, size_t length, sink *s) {
  const sluice_prints *groups = s->table->groups;
  for (size_t g = 0; g < s->table->group_count; g++) {
    for (size_t i = 0; i < length; i++) {
      uint8_t buckets = 0xFF;
      for (size_t k = 0; k < SLUICE_PRINT_BYTES; k++) {
        uint8_t byte = bytes[i + k];
        buckets &= groups[g].low[k][byte & 15] & groups[g].high[k][byte >> 4];
      }
      if (buckets) put(s, bytes + i, at + i, g, buckets);
    }
  }
}

#if defined(__x86_64__)
#define FAST __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

FAST static inline __m256i table(const uint8_t *bytes) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)bytes));
}

FAST static void half_simd(const uint8_t *bytes, size_t at, uint32_t within, sink *s) {
  const sluice_prints *groups = s->table->groups;
  const size_t group_count = s->table->group_count;
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i low[SLUICE_PRINT_BYTES], high[SLUICE_PRINT_BYTES];
  for (int k = 0; k < SLUICE_PRINT_BYTES; k++) {
    __m256i v = _mm256_loadu_si256((const void *)(bytes + k));
    low[k] = _mm256_and_si256(v, nibble);
    high[k] = _mm256_and_si256(_mm256_srli_epi16(v, 4), nibble);
  }
  for (size_t g = 0; g < group_count; g++) {
    __m256i buckets = _mm256_set1_epi8(-1);
    for (int k = 0; k < SLUICE_PRINT_BYTES; k++) {
      __m256i l = _mm256_shuffle_epi8(table(groups[g].low[k]), low[k]);
      __m256i h = _mm256_shuffle_epi8(table(groups[g].high[k]), high[k]);
      buckets = _mm256_and_si256(buckets, _mm256_and_si256(l, h));
    }
    __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    uint32_t left = ~(uint32_t)_mm256_movemask_epi8(none) & within;
    if (__builtin_expect(left == 0, 1)) continue;
    uint8_t each[32];
    _mm256_storeu_si256((void *)each, buckets);
    for (; left; left &= left - 1) {
      unsigned i = (unsigned)__builtin_ctz(left);
      put(s, bytes + i, at + i, g, each[i]);
    }
  }
}

FAST static void step_simd(const uint8_t *bytes, size_t at, size_t length, sink *s) {
  half_simd(bytes, at, length < 32 ? (1u << length) - 1 : ~0u, s);
  if (length > 32)
    half_simd(bytes + 32, at + 32, length < 64 ? (1u << (length - 32)) - 1 : ~0u, s);
}

#define WIDE __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw")))

WIDE static void step_wide(const uint8_t *bytes, size_t at, size_t length, sink *s) {
  const sluice_prints *groups = s->table->groups;
  const size_t group_count = s->table->group_count;
  const __m512i nibble = _mm512_set1_epi8(15);
  __m512i low[SLUICE_PRINT_BYTES], high[SLUICE_PRINT_BYTES];
  for (int k = 0; k < SLUICE_PRINT_BYTES; k++) {
    __m512i v = _mm512_loadu_si512(bytes + k);
    low[k] = _mm512_and_si512(v, nibble);
    high[k] = _mm512_and_si512(_mm512_srli_epi16(v, 4), nibble);
  }
  uint64_t within = length < step ? (1ull << length) - 1 : ~0ull;
  for (size_t g = 0; g < group_count; g++) {
    __m512i buckets = _mm512_set1_epi8(-1);
    for (int k = 0; k < SLUICE_PRINT_BYTES; k++) {
      __m512i l = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)groups[g].low[k]));
      __m512i h = _mm512_broadcast_i32x4(_mm_loadu_si128((const void *)groups[g].high[k]));
      // All three.
      buckets = _mm512_ternarylogic_epi64(buckets, _mm512_shuffle_epi8(l, low[k]),
                                          _mm512_shuffle_epi8(h, high[k]), 0x80);
    }
    uint64_t left = _mm512_test_epi8_mask(buckets, buckets) & within;
    if (__builtin_expect(left == 0, 1)) continue;
    uint8_t each[step];
    _mm512_storeu_si512(each, buckets);
    for (; left; left &= left - 1) {
      unsigned i = (unsigned)__builtin_ctzll(left);
      put(s, bytes + i, at + i, g, each[i]);
    }
  }
}
#endif

ALWAYS void find(const uint8_t *text, size_t count, size_t from, size_t to, sink *s,
                 void (*one)(const uint8_t *, size_t, size_t, sink *)) {
  size_t at = from;
  for (; at < to && at + read <= count; at += step)
    one(text + at, at, to - at < step ? to - at : step, s);
  for (; at < to; at += step) {
    uint8_t last[read] = {0};
    memcpy(last, text + at, count - at < read ? count - at : read);
    one(last, at, to - at < step ? to - at : step, s);
  }
}

#if defined(__x86_64__)
FAST static void find_simd(const uint8_t *text, size_t count, size_t from, size_t to, sink *s) {
  find(text, count, from, to, s, step_simd);
}

WIDE static void find_wide(const uint8_t *text, size_t count, size_t from, size_t to, sink *s) {
  find(text, count, from, to, s, step_wide);
}
#endif

size_t sluice_find_prints(const uint8_t *text, size_t count, size_t from, size_t to,
                          const sluice_print_table *table, sluice_print_hit *hits, size_t room,
                          int simd) {
  sink s = {table, hits, room, 0};
#if defined(__x86_64__)
  if (simd > 0) {
    (simd == 1 ? find_simd : find_wide)(text, count, from, to, &s);
    return s.used;
  }
#endif
  find(text, count, from, to, &s, step_plain);
  return s.used;
}
