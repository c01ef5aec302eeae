#include "sluice_words.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define ALWAYS static inline __attribute__((always_inline))
#define RARELY(x) __builtin_expect(!!(x), 0)

// Keys. A narrow word (ASCII under its fold) is hashed by its first eight bytes and its length, a
// wide one by all its characters. Collisions cost time only: what is found is confirmed.

static const uint64_t spread = 0x9E3779B97F4A7C15u;
static const uint64_t per_length = 0xD6E8FEB86659FD93u;
static const uint64_t case_bits = 0x2020202020202020u;

ALWAYS uint64_t narrow_key(uint64_t first, uint64_t length) {
  return ((first + length * per_length) * spread) | 1;
}

ALWAYS uint64_t narrow_open_key(uint64_t first, uint64_t length) {
  return narrow_key(first, length + (1u << 20));
}

ALWAYS uint64_t wide_step(uint64_t hash, uint32_t scalar) { return (hash ^ scalar) * spread; }

ALWAYS uint64_t wide_key(uint64_t hash, uint64_t length, int open) {
  hash ^= hash >> 31;
  return ((hash + length * per_length + (open ? 77 : 7)) * spread) | 1;
}

ALWAYS uint64_t low_bytes(uint64_t bytes, uint64_t count) {
  return count >= 8 ? bytes : bytes & ((1ull << (count * 8)) - 1);
}

ALWAYS uint16_t tags_of(uint64_t key, uint64_t head) {
  return (uint16_t)((key >> 40 & 0xFF) | (head * spread >> 56) << 8);
}

ALWAYS uint64_t narrow_head(uint64_t first) { return first & 0xFFFFFF; }

ALWAYS uint64_t wide_head(uint32_t first, uint32_t second) {
  return (uint64_t)first << 24 ^ (uint64_t)second << 3 ^ 5;
}

/// The first bytes of a folded word that are ASCII, as narrow keys have them.
static size_t narrow_bytes(const uint32_t *folded, size_t count, uint64_t *first) {
  size_t length = 0;
  *first = 0;
  while (length < count && folded[length] < 0x80) {
    if (length < 8) *first |= (uint64_t)(folded[length] | 0x20) << (8 * length);
    length++;
  }
  return length;
}

uint64_t sluice_key(const uint32_t *folded, size_t count, int open) {
  uint64_t first;
  size_t narrow = narrow_bytes(folded, count, &first);
  if (!open && narrow == count) return narrow_key(first, count);
  int length = open ? sluice_open_length(folded, count) : 0;
  if (length > 0) return narrow_open_key(low_bytes(first, (uint64_t)length), (uint64_t)length);
  size_t characters = open ? (size_t)-length : count;
  uint64_t hash = 0;
  for (size_t i = 0; i < characters; i++) hash = wide_step(hash, folded[i]);
  return wide_key(hash, characters, open);
}

int sluice_open_length(const uint32_t *folded, size_t count) {
  uint64_t first;
  size_t narrow = narrow_bytes(folded, count, &first);
  if (narrow == count || narrow >= 8) return narrow > 8 ? 8 : (int)narrow;
  return count > 31 ? -31 : -(int)count;
}

uint16_t sluice_tags(const uint32_t *folded, size_t count) {
  uint64_t first;
  size_t narrow = narrow_bytes(folded, count, &first);
  uint64_t head = narrow == count || narrow >= 3
                      ? narrow_head(first)
                      : wide_head(folded[0], count > 1 ? folded[1] : 0);
  return tags_of(sluice_key(folded, count, 0), head);
}

// Masks: a bit a byte.

ALWAYS int is_narrow(uint8_t byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26 || (uint8_t)(byte - '0') < 10 || byte == '_';
}

ALWAYS void masks_plain(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high) {
  for (size_t i = 0; i < blocks; i++) {
    uint64_t w = 0, h = 0;
    for (size_t k = 0; k < 64; k++) {
      uint8_t byte = text[i * 64 + k];
      w |= (uint64_t)is_narrow(byte) << k;
      h |= (uint64_t)(byte >> 7) << k;
    }
    word[i] = w;
    high[i] = h;
  }
}

#if defined(__x86_64__)
#define FAST __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

FAST static inline uint32_t word_bits(__m256i v) {
  __m256i folded = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  __m256i letter = _mm256_sub_epi8(folded, _mm256_set1_epi8('a'));
  __m256i digit = _mm256_sub_epi8(v, _mm256_set1_epi8('0'));
  __m256i is_letter = _mm256_cmpeq_epi8(_mm256_min_epu8(letter, _mm256_set1_epi8(25)), letter);
  __m256i is_digit = _mm256_cmpeq_epi8(_mm256_min_epu8(digit, _mm256_set1_epi8(9)), digit);
  __m256i is_line = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('_'));
  return (uint32_t)_mm256_movemask_epi8(
      _mm256_or_si256(_mm256_or_si256(is_letter, is_digit), is_line));
}

FAST static void masks_simd(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high) {
  for (size_t i = 0; i < blocks; i++) {
    __m256i a = _mm256_loadu_si256((const void *)(text + i * 64));
    __m256i b = _mm256_loadu_si256((const void *)(text + i * 64 + 32));
    word[i] = word_bits(a) | (uint64_t)word_bits(b) << 32;
    high[i] = (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
  }
}
#endif

/// Decodes the character at `at`; what is not UTF-8 counts as a byte of no class.
ALWAYS size_t decode(const uint8_t *text, size_t count, size_t at, uint32_t *scalar) {
  uint32_t b0 = text[at];
  size_t left = count - at;
  if (b0 < 0x80) {
    *scalar = b0;
    return 1;
  }
  if (b0 < 0xE0 && left >= 2) {
    *scalar = (b0 & 0x1F) << 6 | (text[at + 1] & 0x3F);
    return 2;
  }
  if (b0 < 0xF0 && left >= 3) {
    *scalar = (b0 & 0xF) << 12 | (uint32_t)(text[at + 1] & 0x3F) << 6 | (text[at + 2] & 0x3F);
    return 3;
  }
  if (left >= 4) {
    uint32_t value = (b0 & 7) << 18 | (uint32_t)(text[at + 1] & 0x3F) << 12 |
                     (uint32_t)(text[at + 2] & 0x3F) << 6 | (text[at + 3] & 0x3F);
    *scalar = value < 0x110000 ? value : 0;
    return 4;
  }
  *scalar = 0;
  return 1;
}

ALWAYS int is_word(const sluice_characters *characters, uint32_t scalar) {
  size_t block = characters->word_blocks[scalar >> 8];
  return characters->word_bits[block << 2 | (scalar >> 6 & 3)] >> (scalar & 63) & 1;
}

ALWAYS uint32_t fold(const sluice_characters *characters, uint32_t scalar) {
  size_t block = characters->fold_blocks[scalar >> 8];
  return scalar + (uint32_t)characters->fold_distances[block << 8 | (scalar & 255)];
}

/// Sets the bits of word characters beyond ASCII.
ALWAYS void widen(const uint8_t *text, size_t count, size_t from, size_t blocks,
                  const sluice_characters *characters, uint64_t *word, const uint64_t *high) {
  size_t done = from;
  for (size_t i = 0; i < blocks; i++) {
    uint64_t left = high[i];
    if (!left) continue;
    size_t base = from + i * 64;
    if (done > base) left = done - base < 64 ? left & ~0ull << (done - base) : 0;
    while (left) {
      unsigned bit = (unsigned)__builtin_ctzll(left);
      size_t at = base + bit;
      uint32_t scalar;
      size_t length = 1;
      // A stray continuation byte is of no class.
      if (text[at] >= 0xC0) {
        length = decode(text, count, at, &scalar);
        if (is_word(characters, scalar)) {
          uint64_t bits = (1ull << length) - 1;
          word[i] |= bits << bit;
          if (bit + length > 64) word[i + 1] |= bits >> (64 - bit);
        }
      }
      done = at + length;
      left = bit + length < 64 ? left & ~0ull << (bit + length) : 0;
    }
  }
}

// Words.

typedef struct {
  const uint8_t *text;
  size_t count, to;
  const sluice_characters *characters;
  const sluice_dictionary *dictionary;
  sluice_stretch *stretch;
} pass;

static __attribute__((noinline)) void look_up(const pass *p, uint64_t key) {
  const sluice_dictionary *d = p->dictionary;
  for (uint64_t at = key >> d->table_shift;; at++) {
    uint64_t found = d->keys[at & d->table_mask];
    if (found == 0) return;
    if (found != key) continue;
    sluice_stretch *s = p->stretch;
    if (s->hit_count < s->hit_room)
      s->hits[s->hit_count++] =
          (sluice_hit){(uint32_t)s->words, d->values[at & d->table_mask]};
    return;
  }
}

ALWAYS void test(const pass *p, uint64_t key) {
  uint64_t bit = key >> p->dictionary->bitmap_shift;
  if (RARELY(p->dictionary->bitmap[bit >> 6] >> (bit & 63) & 1)) look_up(p, key);
}

static __attribute__((noinline)) void narrow_open(const pass *p, uint64_t first, uint64_t length) {
  for (uint32_t left = p->dictionary->open_narrow; left; left &= left - 1) {
    uint64_t size = (uint64_t)__builtin_ctz(left);
    if (size > length) return;
    test(p, narrow_open_key(low_bytes(first, size), size));
  }
}

static __attribute__((noinline)) void report_long(const pass *p) {
  sluice_stretch *s = p->stretch;
  if (s->hit_count < s->hit_room)
    s->hits[s->hit_count++] = (sluice_hit){(uint32_t)s->words, SLUICE_LONG_WORD};
}

ALWAYS void add(const pass *p, size_t start, uint16_t tags) {
  sluice_stretch *s = p->stretch;
  s->starts[s->words] = (uint32_t)start;
  s->tags[s->words] = tags;
  s->words++;
}

ALWAYS void narrow_word(const pass *p, size_t start, uint64_t length) {
  uint64_t first;
  if (RARELY(start + 8 > p->count)) {
    first = 0;
    memcpy(&first, p->text + start, p->count - start);
  } else {
    memcpy(&first, p->text + start, 8);
  }
  first = low_bytes(first | case_bits, length);
  const sluice_dictionary *d = p->dictionary;
  uint64_t key = narrow_key(first, length);
  uint16_t tags = tags_of(key, narrow_head(first));
  test(p, key);
  if (RARELY((d->open_heads[tags >> 14] >> (tags >> 8 & 63) |
              d->open_firsts[first >> 6 & 1] >> (first & 63)) & 1))
    narrow_open(p, first, length);
  if (RARELY(length >= d->long_least)) report_long(p);
  add(p, start, tags);
}

static __attribute__((noinline)) void wide_word(const pass *p, size_t start, size_t end) {
  const sluice_dictionary *d = p->dictionary;
  uint32_t heads[3] = {0, 0, 0};
  uint64_t hash = 0, first = 0, length = 0, narrow = 0, ascii = 1;
  uint32_t open = d->open_wide;
  for (size_t at = start; at < end; length++) {
    uint32_t scalar;
    at += decode(p->text, p->count, at, &scalar);
    scalar = fold(p->characters, scalar);
    ascii &= scalar < 0x80;
    if (ascii) {
      if (length < 8) first |= (uint64_t)(scalar | 0x20) << (8 * length);
      narrow++;
    }
    if (length < 3) heads[length] = scalar;
    hash = wide_step(hash, scalar);
    if (RARELY(length < 31 && open >> (length + 1) & 1)) test(p, wide_key(hash, length + 1, 1));
  }
  uint64_t key = ascii ? narrow_key(first, length) : wide_key(hash, length, 0);
  uint64_t head = ascii || narrow >= 3 ? narrow_head(first) : wide_head(heads[0], heads[1]);
  test(p, key);
  if (d->open_narrow && narrow > 0) narrow_open(p, first, narrow);
  if (RARELY(end - start >= d->long_least)) report_long(p);
  add(p, start, tags_of(key, head));
}

/// Bits that are set from `bit` on, no further than the end of the block.
ALWAYS size_t run_within(uint64_t mask, unsigned bit) {
  uint64_t rest = ~(mask >> bit);
  return rest ? (size_t)__builtin_ctzll(rest) : 64;
}

/// Bits of the run of `mask` that goes on from the start of block `i`.
ALWAYS size_t run_on(const uint64_t *mask, size_t i, size_t blocks) {
  size_t length = 0;
  while (i < blocks && mask[i] == ~0ull) {
    length += 64;
    i++;
  }
  return i < blocks ? length + (size_t)__builtin_ctzll(~mask[i]) : length;
}

ALWAYS int any_high(const uint64_t *high, size_t from, size_t to) {
  for (size_t i = from >> 6; i << 6 < to; i++) {
    uint64_t bits = high[i];
    if (i << 6 < from) bits &= ~0ull << (from & 63);
    if (to - (i << 6) < 64) bits &= (1ull << (to & 63)) - 1;
    if (bits) return 1;
  }
  return 0;
}

ALWAYS void words(const pass *p, size_t from, size_t blocks) {
  sluice_stretch *s = p->stretch;
  uint64_t carry = 0;
  for (size_t i = 0; i < blocks; i++) {
    uint64_t w = s->word[i], h = s->high[i];
    uint64_t left = w & ~(w << 1 | carry);
    carry = w >> 63;
    if (RARELY(s->hit_count + 64 * 12 > s->hit_room)) {
      s->end = from + i * 64;
      return;
    }
    while (left) {
      unsigned bit = (unsigned)__builtin_ctzll(left);
      left &= left - 1;
      size_t start = from + i * 64 + bit;
      size_t length = run_within(w, bit);
      int wide;
      if (RARELY(bit + length >= 64)) {
        length = 64 - bit + run_on(s->word, i + 1, blocks);
        wide = any_high(s->high, start - from, start - from + length);
      } else {
        wide = h != 0 && (h >> bit & ((1ull << length) - 1)) != 0;
      }
      if (RARELY(wide))
        wide_word(p, start, start + length);
      else
        narrow_word(p, start, length);
    }
  }
}

size_t sluice_word_end(const sluice_stretch *stretch, size_t from, size_t start, size_t end) {
  size_t i = (start - from) >> 6, blocks = (end - from + 63) / 64;
  unsigned bit = (start - from) & 63;
  size_t length = run_within(stretch->word[i], bit);
  if (bit + length >= 64) length = 64 - bit + run_on(stretch->word, i + 1, blocks);
  return start + length < end ? start + length : end;
}

ALWAYS void find(const uint8_t *text, size_t count, size_t from, size_t to,
                 const sluice_characters *characters, const sluice_dictionary *dictionary,
                 sluice_stretch *stretch,
                 void (*masks)(const uint8_t *, size_t, uint64_t *, uint64_t *)) {
  stretch->words = stretch->hit_count = 0;
  stretch->end = to;
  size_t full = (to - from) / 64, rest = (to - from) % 64;
  masks(text + from, full, stretch->word, stretch->high);
  size_t blocks = full;
  if (rest) {
    uint8_t last[64] = {0};
    memcpy(last, text + from + full * 64, rest);
    masks(last, 1, stretch->word + full, stretch->high + full);
    blocks++;
  }
  stretch->word[blocks] = stretch->high[blocks] = 0;
  widen(text, to, from, blocks, characters, stretch->word, stretch->high);
  pass p = {text, count, to, characters, dictionary, stretch};
  words(&p, from, blocks);
}

static void masks_portable(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high) {
  masks_plain(text, blocks, word, high);
}

#if defined(__x86_64__)
FAST static void find_simd(const uint8_t *text, size_t count, size_t from, size_t to,
                           const sluice_characters *characters,
                           const sluice_dictionary *dictionary, sluice_stretch *stretch) {
  find(text, count, from, to, characters, dictionary, stretch, masks_simd);
}

int sluice_has_simd(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}
#else
int sluice_has_simd(void) { return 0; }
#endif

void sluice_find_words(const uint8_t *text, size_t count, size_t from, size_t to,
                       const sluice_characters *characters, const sluice_dictionary *dictionary,
                       sluice_stretch *stretch, int simd) {
#if defined(__x86_64__)
  if (simd) {
    find_simd(text, count, from, to, characters, dictionary, stretch);
    return;
  }
#endif
  find(text, count, from, to, characters, dictionary, stretch, masks_portable);
}
