// One pass over a stretch of UTF-8 that finds its words and looks them up in a dictionary.
// A word is a maximal run of word characters. No allocation, no state, no global.
#ifndef SLUICE_WORDS_H
#define SLUICE_WORDS_H

#include <stddef.h>
#include <stdint.h>

/// What is known of all characters, in blocks of 256.
typedef struct {
  /// By scalar / 256, the block of `word_bits` (four numbers, a bit a scalar) that says which are
  /// word characters.
  const uint8_t *word_blocks;
  const uint64_t *word_bits;
  /// By scalar / 256, the block of `fold_distances` (256 numbers) that says what to add to each
  /// for the one that stands for all its kin.
  const uint8_t *fold_blocks;
  const int32_t *fold_distances;
} sluice_characters;

/// Words by their keys.
typedef struct {
  /// A bit at `key >> bitmap_shift` for each key.
  const uint64_t *bitmap;
  /// Keys and the numbers of their words, from `key >> table_shift` on; 0 ends a search.
  const uint64_t *keys;
  const uint32_t *values;
  uint64_t table_mask;
  /// What ASCII words of the text are tried with first. By `sluice_head >> filter_shift`, a bit at
  /// `key >> 58` for each whole word of that head, and all bits where an open word of three characters
  /// or more has it.
  const uint64_t *filter;
  /// For shorter open words, by the first character (letters in lower case), a bit for each length
  /// that the whole word can have, the highest for 7 and more.
  uint8_t lengths[128];
  /// What words with characters beyond ASCII are tried with first: a bit at `sluice_pair` for each word
  /// that is looked for, here or in a set of tags.
  uint64_t pairs[64];
  /// Lengths of open words: of ASCII ones in bytes (1 to 8), of others in characters (1 to 31).
  uint32_t open_narrow;
  uint32_t open_wide;
  /// Words of so many bytes or more are reported, whatever they are.
  uint32_t long_least;
  uint8_t filter_shift;
  uint8_t bitmap_shift;
  uint8_t table_shift;
} sluice_dictionary;

/// A word of the text that the dictionary holds.
typedef struct {
  /// Its index among the words of the text.
  uint32_t index;
  /// The number that the dictionary gives it.
  uint32_t word;
} sluice_hit;

/// The number under which a long word is reported.
#define SLUICE_LONG_WORD 0xFFFFFFFFu

/// Memory for what a stretch holds, and what was found.
typedef struct {
  /// A bit a byte, from the stretch's first byte on: parts of word characters; bytes of 0x80 and
  /// above. Each has room for `(bytes + 63) / 64 + 2` numbers.
  uint64_t *word;
  uint64_t *high;
  /// For each word its first byte in the text and the byte after its last. Room for `bytes + 128`.
  uint32_t *edges;
  /// For each word a byte that stands for the whole word and one that stands for how it begins. Room
  /// for `bytes / 2 + 66`.
  uint16_t *tags;
  /// In order of their place. Room for `hit_room`.
  sluice_hit *hits;
  size_t hit_room;
  size_t words;
  /// More than `hit_room` where not all hits could be written.
  size_t hit_count;
} sluice_stretch;

/// Finds the words of `text[from..<to]` and looks them up. What stands before `from` is not looked
/// at: a word that is cut there begins there.
///
/// - Parameters:
///   - count: bytes of `text`; none beyond is read.
///   - simd: what of the CPU to use, at most `sluice_simd()`; the result is the same.
void sluice_find_words(const uint8_t *text, size_t count, size_t from, size_t to,
                       const sluice_characters *characters, const sluice_dictionary *dictionary,
                       sluice_stretch *stretch, int simd);

/// What this CPU has: 0 for nothing that is used here, 1 for AVX2 and BMI2, 2 for AVX-512 as of Ice
/// Lake and Zen 4.
int sluice_simd(void);

/// The key of a word, or of how a word begins where `open`, by its folded characters.
uint64_t sluice_key(const uint32_t *folded, size_t count, int open);

/// The number of a word's first two characters, of 4,096.
uint32_t sluice_pair(const uint32_t *folded, size_t count);

/// The key of the word that stands at `text[start..<end]`, as `sluice_key` has it for whole words.
uint64_t sluice_word_key(const uint8_t *text, size_t count, size_t start, size_t end,
                         const sluice_characters *characters);

/// The tags of a word: the whole in the low byte, the head in the high one.
uint16_t sluice_tags(const uint32_t *folded, size_t count);

/// The number of how a word begins that is made of ASCII, or an open one that begins with three ASCII
/// characters.
uint64_t sluice_head(const uint32_t *folded, size_t count);

/// Bytes (narrow) or characters (wide) of an open word that its key is made of; narrow ones are
/// positive.
int sluice_open_length(const uint32_t *folded, size_t count);

#endif
