// The one look at every byte: classes of characters as masks of 64 bits, then patterns by shifts.

#include "look.h"

#include <string.h>

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define NAME(name) JOIN(name, SET)

/// A class of the cell before, for what reaches over the border.
typedef struct {
  uint64_t letter, digit, mark, sign, word, lead, follow, hex, percent, equals, ampersand, zero,
      capital_u, single, pair, triple, run;
} before;

/// The mask moved up by `n`, with the last bits of the cell before.
static inline uint64_t up(uint64_t now, uint64_t then, int n) { return now << n | then >> (64 - n); }

static inline int bits(uint64_t mask) { return __builtin_popcountll(mask); }

#if defined(__x86_64__)
#include <immintrin.h>

// SSE2, which every processor of this kind has.
#define SET sse2
#define TARGET


typedef struct {
  __m128i part[4];
} NAME(cell);

TARGET static inline NAME(cell) NAME(load)(const uint8_t *p) {
  NAME(cell) c;
  for (int i = 0; i < 4; i++) c.part[i] = _mm_loadu_si128((const __m128i *)(p + 16 * i));
  return c;
}

TARGET static inline uint64_t gather(__m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48;
}

TARGET static inline uint64_t NAME(equal)(NAME(cell) c, char value) {
  const __m128i v = _mm_set1_epi8(value);
  return gather(_mm_cmpeq_epi8(c.part[0], v), _mm_cmpeq_epi8(c.part[1], v),
                _mm_cmpeq_epi8(c.part[2], v), _mm_cmpeq_epi8(c.part[3], v));
}

/// Bytes from `low` to `low + count - 1`.
TARGET static inline uint64_t NAME(within)(NAME(cell) c, char low, char count) {
  const __m128i base = _mm_set1_epi8(low), most = _mm_set1_epi8((char)(count - 1));
  __m128i r[4];
  for (int i = 0; i < 4; i++) {
    const __m128i moved = _mm_sub_epi8(c.part[i], base);
    r[i] = _mm_cmpeq_epi8(_mm_min_epu8(moved, most), moved);
  }
  return gather(r[0], r[1], r[2], r[3]);
}

TARGET static inline uint64_t NAME(high)(NAME(cell) c) { return gather(c.part[0], c.part[1], c.part[2], c.part[3]); }

TARGET static inline NAME(cell) NAME(lowered)(NAME(cell) c) {
  const __m128i bit = _mm_set1_epi8(0x20);
  for (int i = 0; i < 4; i++) c.part[i] = _mm_or_si128(c.part[i], bit);
  return c;
}

TARGET static inline uint64_t NAME(same)(NAME(cell) a, NAME(cell) b) {
  return gather(_mm_cmpeq_epi8(a.part[0], b.part[0]), _mm_cmpeq_epi8(a.part[1], b.part[1]),
                _mm_cmpeq_epi8(a.part[2], b.part[2]), _mm_cmpeq_epi8(a.part[3], b.part[3]));
}

#include "body.h"
#undef SET
#undef TARGET

// AVX-512 compares 64 bytes at once.
#define SET avx512
#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,popcnt,bmi,bmi2,lzcnt")))

typedef __m512i NAME(cell);

TARGET static inline NAME(cell) NAME(load)(const uint8_t *p) { return _mm512_loadu_si512(p); }
TARGET static inline uint64_t NAME(equal)(NAME(cell) c, char value) {
  return _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8(value));
}
TARGET static inline uint64_t NAME(within)(NAME(cell) c, char low, char count) {
  return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(c, _mm512_set1_epi8(low)),
                                _mm512_set1_epi8(count));
}
TARGET static inline uint64_t NAME(high)(NAME(cell) c) { return _mm512_movepi8_mask(c); }
TARGET static inline NAME(cell) NAME(lowered)(NAME(cell) c) {
  return _mm512_or_si512(c, _mm512_set1_epi8(0x20));
}
TARGET static inline uint64_t NAME(same)(NAME(cell) a, NAME(cell) b) {
  return _mm512_cmpeq_epi8_mask(a, b);
}

#include "body.h"
#undef SET
#undef TARGET

uint8_t sluice_look(const uint8_t *bytes, size_t length, uint8_t *flags) {
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return sluice_look_avx512(bytes, length, flags);
  return sluice_look_sse2(bytes, length, flags);
}
#else
#define SET portable
#define TARGET

typedef struct {
  uint8_t byte[64];
} NAME(cell);

#define MASK(condition)                                                    \
  uint64_t mask = 0;                                                       \
  for (int i = 0; i < 64; i++) mask |= (uint64_t)((condition) ? 1 : 0) << i; \
  return mask

TARGET static inline NAME(cell) NAME(load)(const uint8_t *p) {
  NAME(cell) c;
  memcpy(c.byte, p, 64);
  return c;
}
TARGET static inline uint64_t NAME(equal)(NAME(cell) c, char value) { MASK(c.byte[i] == (uint8_t)value); }
TARGET static inline uint64_t NAME(within)(NAME(cell) c, char low, char count) {
  MASK((uint8_t)(c.byte[i] - (uint8_t)low) < (uint8_t)count);
}
TARGET static inline uint64_t NAME(high)(NAME(cell) c) { MASK(c.byte[i] > 0x7F); }
TARGET static inline NAME(cell) NAME(lowered)(NAME(cell) c) {
  for (int i = 0; i < 64; i++) c.byte[i] |= 0x20;
  return c;
}
TARGET static inline uint64_t NAME(same)(NAME(cell) a, NAME(cell) b) { MASK(a.byte[i] == b.byte[i]); }

#include "body.h"

uint8_t sluice_look(const uint8_t *bytes, size_t length, uint8_t *flags) {
  return sluice_look_portable(bytes, length, flags);
}
#endif
