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

uint64_t sluice_head(const uint32_t *folded, size_t count) {
  uint64_t first;
  narrow_bytes(folded, count, &first);
  return narrow_head(first) * spread;
}

ALWAYS uint64_t pair_of(uint64_t first, uint64_t second) {
  return (first << 24 ^ second) * spread >> 52;
}

uint32_t sluice_pair(const uint32_t *folded, size_t count) {
  return (uint32_t)pair_of(folded[0], count > 1 ? folded[1] : 0);
}

// Masks: a bit a byte.

ALWAYS int is_narrow(uint8_t byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26 || (uint8_t)(byte - '0') < 10 || byte == '_';
}

static void masks_plain(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high) {
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

#define WIDE \
  __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi," \
                        "avx512vbmi2")))

WIDE static void masks_wide(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high) {
  const __m512i digits = _mm512_set1_epi8(10), letters = _mm512_set1_epi8(26);
  for (size_t i = 0; i < blocks; i++) {
    __m512i v = _mm512_loadu_si512(text + i * 64);
    __m512i folded = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    __m512i letter = _mm512_sub_epi8(folded, _mm512_set1_epi8('a'));
    __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
    word[i] = _mm512_cmplt_epu8_mask(letter, letters) | _mm512_cmplt_epu8_mask(digit, digits) |
              _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('_'));
    high[i] = _mm512_movepi8_mask(v);
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

uint64_t sluice_word_key(const uint8_t *text, size_t count, size_t start, size_t end,
                         const sluice_characters *characters) {
  uint64_t hash = 0, first = 0, length = 0;
  int ascii = 1;
  for (size_t at = start; at < end; length++) {
    uint32_t scalar;
    at += decode(text, count, at, &scalar);
    scalar = fold(characters, scalar);
    ascii &= scalar < 0x80;
    if (ascii && length < 8) first |= (uint64_t)(scalar | 0x20) << (8 * length);
    hash = wide_step(hash, scalar);
  }
  return ascii ? narrow_key(first, length) : wide_key(hash, length, 0);
}

typedef struct {
  const uint8_t *text;
  size_t count, to;
  const sluice_characters *characters;
  const sluice_dictionary *dictionary;
  sluice_stretch *stretch;
} pass;

ALWAYS void report(const pass *p, size_t word, uint32_t number) {
  sluice_stretch *s = p->stretch;
  if (s->hit_count < s->hit_room) s->hits[s->hit_count] = (sluice_hit){(uint32_t)word, number};
  s->hit_count++;
}

ALWAYS uint64_t bit_of(const uint64_t *bits, uint64_t index) {
  return bits[index >> 6] >> (index & 63) & 1;
}

ALWAYS uint64_t may_know(const sluice_dictionary *d, uint64_t key) {
  return bit_of(d->bitmap, key >> d->bitmap_shift);
}

static __attribute__((noinline)) void look_up(const pass *p, size_t word, uint64_t key) {
  const sluice_dictionary *d = p->dictionary;
  for (uint64_t at = key >> d->table_shift;; at++) {
    uint64_t found = d->keys[at & d->table_mask];
    if (found == 0) return;
    if (found != key) continue;
    report(p, word, d->values[at & d->table_mask]);
    return;
  }
}

ALWAYS void test(const pass *p, size_t word, uint64_t key) {
  if (RARELY(may_know(p->dictionary, key))) look_up(p, word, key);
}

static __attribute__((noinline)) void narrow_open(const pass *p, size_t word, uint64_t first,
                                                  uint64_t length) {
  for (uint32_t left = p->dictionary->open_narrow; left; left &= left - 1) {
    uint64_t size = (uint64_t)__builtin_ctz(left);
    if (size > length) return;
    test(p, word, narrow_open_key(low_bytes(first, size), size));
  }
}

/// A narrow word of the text: its first bytes folded, and what is made of them.
typedef struct {
  uint64_t first, length, key, head;
} narrow;

ALWAYS narrow narrow_word(const pass *p, size_t start, size_t end) {
  narrow n = {.first = 0, .length = end - start};
  if (RARELY(start + 8 > p->count))
    memcpy(&n.first, p->text + start, p->count - start);
  else
    memcpy(&n.first, p->text + start, 8);
  n.first = low_bytes(n.first | case_bits, n.length);
  n.key = narrow_key(n.first, n.length);
  n.head = narrow_head(n.first) * spread;
  return n;
}

/// Whether a word may go on a short open one.
ALWAYS unsigned may_begin(const sluice_dictionary *d, uint64_t first, uint64_t length) {
  return (unsigned)d->lengths[first & 127] >> (length < 7 ? length : 7) & 1;
}

/// Looks at a narrow word that may be one of the dictionary's, or a long one.
static __attribute__((noinline)) void narrow_hit(const pass *p, size_t word) {
  const sluice_dictionary *d = p->dictionary;
  const uint32_t *edges = p->stretch->edges + 2 * word;
  narrow n = narrow_word(p, edges[0], edges[1]);
  test(p, word, n.key);
  if (d->filter[n.head >> d->filter_shift] == ~0ull || may_begin(d, n.first, n.length))
    narrow_open(p, word, n.first, n.length);
  if (n.length >= d->long_least) report(p, word, SLUICE_LONG_WORD);
}

static __attribute__((noinline)) void wide_word(const pass *p, size_t word, size_t start,
                                                size_t end) {
  const sluice_dictionary *d = p->dictionary;
  if (RARELY(end - start >= d->long_least)) report(p, word, SLUICE_LONG_WORD);
  uint32_t letter, other = 0;
  size_t second = start + decode(p->text, p->count, start, &letter);
  if (second < end) decode(p->text, p->count, second, &other);
  if (!bit_of(d->pairs, pair_of(fold(p->characters, letter), fold(p->characters, other)))) {
    p->stretch->tags[word] = 0;
    return;
  }
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
    if (RARELY(length < 31 && open >> (length + 1) & 1)) test(p, word, wide_key(hash, length + 1, 1));
  }
  uint64_t key = ascii ? narrow_key(first, length) : wide_key(hash, length, 0);
  uint64_t head = ascii || narrow >= 3 ? narrow_head(first) : wide_head(heads[0], heads[1]);
  test(p, word, key);
  if (d->open_narrow && narrow > 0) narrow_open(p, word, first, narrow);
  p->stretch->tags[word] = tags_of(key, head);
}

/// The next bit that is set from `bit` on; `end` where there is none before it.
ALWAYS size_t next_high(const uint64_t *high, size_t bit, size_t end) {
  size_t i = bit >> 6;
  uint64_t bits = high[i] & ~0ull << (bit & 63);
  while (!bits) {
    if (++i << 6 >= end) return end;
    bits = high[i];
  }
  bit = (i << 6) + (size_t)__builtin_ctzll(bits);
  return bit < end ? bit : end;
}

/// The words from `word` to just before `last`, whose edges are known, and of which none holds a byte
/// of 0x80 or above.
ALWAYS void look(const pass *p, size_t word, size_t last) {
  const sluice_dictionary *d = p->dictionary;
  const uint64_t *filter = d->filter;
  const uint32_t *edges = p->stretch->edges;
  uint16_t *tags = p->stretch->tags;
  const unsigned shift = d->filter_shift;
  for (; word < last; word++) {
    narrow n = narrow_word(p, edges[2 * word], edges[2 * word + 1]);
    tags[word] = (uint16_t)((n.key >> 40 & 0xFF) | (n.head >> 56) << 8);
    uint64_t maybe = filter[n.head >> shift] >> (n.key >> 58);
    maybe |= may_begin(d, n.first, n.length) | (n.length >= d->long_least);
    if (RARELY(maybe & 1)) narrow_hit(p, word);
  }
}

static void look_plain(const pass *p, size_t word, size_t last) { look(p, word, last); }

#if defined(__x86_64__)
FAST static void look_simd(const pass *p, size_t word, size_t last) { look(p, word, last); }

ALWAYS long long eight_bytes(const uint8_t *text) {
  long long bytes;
  memcpy(&bytes, text, 8);
  return bytes;
}

/// Eight words at once. Numbers are gathered one by one: that is quick on every CPU.
WIDE static void look_wide(const pass *p, size_t word, size_t last) {
  const sluice_dictionary *d = p->dictionary;
  const uint64_t *filter = d->filter;
  const uint32_t *edges = p->stretch->edges;
  const uint8_t *text = p->text;
  uint16_t *tags = p->stretch->tags;
  const __m512i one = _mm512_set1_epi64(1), seven = _mm512_set1_epi64(7), most = _mm512_set1_epi64(8);
  const __m512i all = _mm512_set1_epi64(-1), low = _mm512_set1_epi64(0xFF);
  const __m512i times = _mm512_set1_epi64((long long)spread);
  const __m512i long_least = _mm512_set1_epi64(d->long_least);
  const __m512i lengths = _mm512_loadu_si512(d->lengths), more = _mm512_loadu_si512(d->lengths + 64);
  const __m128i shift = _mm_cvtsi32_si128(d->filter_shift);
  for (; word + 8 <= last && edges[2 * word + 14] + 8 <= p->count; word += 8) {
    const uint32_t *own = edges + 2 * word;
    __m512i pair = _mm512_loadu_si512(own);
    __m512i length = _mm512_sub_epi32(_mm512_srli_epi64(pair, 32), pair);
    length = _mm512_and_si512(length, _mm512_set1_epi64(0xFFFFFFFF));
    __m512i first = _mm512_set_epi64(
        eight_bytes(text + own[14]), eight_bytes(text + own[12]), eight_bytes(text + own[10]),
        eight_bytes(text + own[8]), eight_bytes(text + own[6]), eight_bytes(text + own[4]),
        eight_bytes(text + own[2]), eight_bytes(text + own[0]));
    __m512i unknown = _mm512_sub_epi64(most, _mm512_min_epu64(length, most));
    first = _mm512_and_si512(_mm512_or_si512(first, _mm512_set1_epi64((long long)case_bits)),
                             _mm512_srlv_epi64(all, _mm512_slli_epi64(unknown, 3)));
    __m512i key = _mm512_mullo_epi64(length, _mm512_set1_epi64((long long)per_length));
    key = _mm512_mullo_epi64(_mm512_add_epi64(first, key), times);
    __m512i head = _mm512_and_si512(first, _mm512_set1_epi64(0xFFFFFF));
    head = _mm512_mullo_epi64(head, times);
    __m512i whole = _mm512_and_si512(_mm512_srli_epi64(key, 40), low);
    __m512i begins = _mm512_slli_epi64(_mm512_srli_epi64(head, 56), 8);
    _mm_storeu_si128((void *)(tags + word), _mm512_cvtepi64_epi16(_mm512_or_si512(whole, begins)));
    uint64_t at[8];
    _mm512_storeu_si512(at, _mm512_srl_epi64(head, shift));
    __m512i found = _mm512_set_epi64(
        (long long)filter[at[7]], (long long)filter[at[6]], (long long)filter[at[5]],
        (long long)filter[at[4]], (long long)filter[at[3]], (long long)filter[at[2]],
        (long long)filter[at[1]], (long long)filter[at[0]]);
    found = _mm512_srlv_epi64(found, _mm512_srli_epi64(key, 58));
    __m512i allowed = _mm512_and_si512(_mm512_permutex2var_epi8(lengths, first, more), low);
    allowed = _mm512_srlv_epi64(allowed, _mm512_min_epu64(length, seven));
    unsigned left = _mm512_test_epi64_mask(_mm512_or_si512(found, allowed), one) |
                    _mm512_cmpge_epu64_mask(length, long_least);
    for (; RARELY(left); left &= left - 1) narrow_hit(p, word + (unsigned)__builtin_ctz(left));
  }
  look(p, word, last);
}
#endif

/// Blocks whose edges are gathered before the words between them are looked at.
enum { slice = 64 };

typedef size_t gatherer(const uint64_t *word, size_t blocks, size_t at, uint64_t *carry,
                        uint32_t *edges);

/// Writes down where the words of some blocks begin and end; the first stands at `at`.
static size_t gather_plain(const uint64_t *word, size_t blocks, size_t at, uint64_t *carry,
                           uint32_t *edges) {
  size_t count = 0;
  for (size_t i = 0; i < blocks; i++, at += 64) {
    uint64_t left = word[i] ^ (word[i] << 1 | *carry);
    *carry = word[i] >> 63;
    for (; left; left &= left - 1) edges[count++] = (uint32_t)(at + (size_t)__builtin_ctzll(left));
  }
  return count;
}

#if defined(__x86_64__)
/// The same without a branch for each edge: some more than there are is written, and overwritten.
FAST static size_t gather_simd(const uint64_t *word, size_t blocks, size_t at, uint64_t *carry,
                               uint32_t *edges) {
  uint32_t *next = edges;
  uint64_t before = *carry;
  for (size_t i = 0; i < blocks; i++, at += 64) {
    uint64_t left = word[i] ^ (word[i] << 1 | before);
    before = word[i] >> 63;
    size_t count = (size_t)_mm_popcnt_u64(left), done = 0;
#pragma GCC unroll 24
    for (int k = 0; k < 24; k++) {
      next[k] = (uint32_t)(at + _tzcnt_u64(left));
      left = _blsr_u64(left);
    }
    for (done = 24; RARELY(done < count); done++) {
      next[done] = (uint32_t)(at + _tzcnt_u64(left));
      left = _blsr_u64(left);
    }
    next += count;
  }
  *carry = before;
  return (size_t)(next - edges);
}

WIDE static size_t gather_wide(const uint64_t *word, size_t blocks, size_t at, uint64_t *carry,
                               uint32_t *edges) {
  static const uint8_t numbers[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const __m512i all = _mm512_loadu_si512(numbers);
  uint32_t *next = edges;
  uint64_t before = *carry;
  for (size_t i = 0; i < blocks; i++, at += 64) {
    uint64_t left = word[i] ^ (word[i] << 1 | before);
    before = word[i] >> 63;
    size_t count = (size_t)_mm_popcnt_u64(left);
    __m512i places = _mm512_maskz_compress_epi8(left, all), base = _mm512_set1_epi32((int)at);
    __m512i a = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
    __m512i b = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 1));
    _mm512_storeu_si512(next, _mm512_add_epi32(a, base));
    _mm512_storeu_si512(next + 16, _mm512_add_epi32(b, base));
    if (RARELY(count > 32)) {
      a = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 2));
      b = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 3));
      _mm512_storeu_si512(next + 32, _mm512_add_epi32(a, base));
      _mm512_storeu_si512(next + 48, _mm512_add_epi32(b, base));
    }
    next += count;
  }
  *carry = before;
  return (size_t)(next - edges);
}
#endif

/// The steps that differ by what the CPU has.
typedef struct {
  void (*masks)(const uint8_t *text, size_t blocks, uint64_t *word, uint64_t *high);
  gatherer *gather;
  void (*look)(const pass *p, size_t word, size_t last);
} steps;

/// Words of which some hold a byte of 0x80 or above.
static void look_mixed(const pass *p, size_t from, size_t word, size_t last, const steps *with) {
  const uint32_t *edges = p->stretch->edges;
  if (word == last) return;
  size_t first = word, end = edges[2 * last - 1] - from;
  while (word < last) {
    size_t high = next_high(p->stretch->high, edges[2 * word] - from, end) + from;
    while (word < last && edges[2 * word + 1] <= high) word++;
    if (word == last) break;
    if (edges[2 * word] > high) continue;
    with->look(p, first, word);
    wide_word(p, word, edges[2 * word], edges[2 * word + 1]);
    first = ++word;
  }
  with->look(p, first, last);
}

static void words(const pass *p, size_t from, size_t blocks, const steps *with) {
  sluice_stretch *s = p->stretch;
  uint64_t carry = 0, high = 0;
  size_t edges = 0, done = 0;
  for (size_t i = 0; i < blocks; i += slice) {
    size_t here = blocks - i < slice ? blocks - i : slice;
    // What a word that goes on holds is not known to be narrow.
    if (!(edges & 1)) high = 0;
    for (size_t k = 0; k < here; k++) high |= s->high[i + k];
    edges += with->gather(s->word + i, here, from + i * 64, &carry, s->edges + edges);
    if (i + here == blocks && edges & 1) s->edges[edges++] = (uint32_t)p->to;
    if (high)
      look_mixed(p, from, done, edges / 2, with);
    else
      with->look(p, done, edges / 2);
    done = edges / 2;
  }
  s->words = done;
}

int sluice_simd(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2")) return 0;
  int wide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
             __builtin_cpu_supports("avx512vbmi2");
  return wide ? 2 : 1;
#else
  return 0;
#endif
}

void sluice_find_words(const uint8_t *text, size_t count, size_t from, size_t to,
                       const sluice_characters *characters, const sluice_dictionary *dictionary,
                       sluice_stretch *stretch, int simd) {
  static const steps all[] = {
      {masks_plain, gather_plain, look_plain},
#if defined(__x86_64__)
      {masks_simd, gather_simd, look_simd},
      {masks_wide, gather_wide, look_wide},
#endif
  };
  const steps *with = all + simd;
  stretch->words = stretch->hit_count = 0;
  size_t full = (to - from) / 64, rest = (to - from) % 64, blocks = full;
  with->masks(text + from, full, stretch->word, stretch->high);
  if (rest) {
    uint8_t last[64] = {0};
    memcpy(last, text + from + full * 64, rest);
    with->masks(last, 1, stretch->word + full, stretch->high + full);
    blocks++;
  }
  stretch->word[blocks] = stretch->high[blocks] = 0;
  widen(text, to, from, blocks, characters, stretch->word, stretch->high);
  pass p = {text, count, to, characters, dictionary, stretch};
  words(&p, from, blocks, with);
}
