// Included once for each set of instructions: `NAME` names the functions, `TARGET` says which.

TARGET static inline uint8_t NAME(look)(NAME(cell) c, NAME(cell) shifted, before *b) {
  const uint64_t hi = NAME(high)(c);
  const NAME(cell) low = NAME(lowered)(c);
  const uint64_t letter = NAME(within)(low, 'a', 26) & ~hi;
  const uint64_t digit = NAME(within)(c, '0', 10);
  const uint64_t blank = NAME(within)(c, 0x09, 5) | NAME(equal)(c, 0x20);
  const uint64_t control = (NAME(within)(c, 0x00, 0x20) & ~NAME(within)(c, 0x09, 5)) | NAME(equal)(c, 0x7F);
  const uint64_t line = NAME(equal)(c, 0x0A) | NAME(equal)(c, 0x0D);
  const uint64_t dash = NAME(equal)(c, '-'), dot = NAME(equal)(c, '.'), low_line = NAME(equal)(c, '_');
  const uint64_t slash = NAME(equal)(c, '/'), back = NAME(equal)(c, '\\'), plus = NAME(equal)(c, '+');
  const uint64_t mark = NAME(equal)(c, '@') | NAME(equal)(c, '$') | NAME(equal)(c, '!') | NAME(equal)(c, '|') | plus;
  const uint64_t sign =
      dash | dot | low_line | slash | back | NAME(equal)(c, '*') | NAME(equal)(c, '~') | NAME(equal)(c, '^');
  const uint64_t word = letter | digit | hi;

  // Letters three times in a row.
  const uint64_t repeat = NAME(same)(low, NAME(lowered)(shifted)) & letter & up(letter, b->letter, 1);
  uint64_t join = repeat & up(repeat, b->triple, 1);
  // Digits and symbols beside letters.
  const uint64_t other = digit | mark, other_before = b->digit | b->mark;
  join |= letter & up(other, other_before, 1);
  // After a letter a mark counts only if the word goes on: `free!` is none.
  join |= (digit & up(letter, b->letter, 1)) |
          ((word | mark) & up(mark, b->mark, 1) & up(letter, b->letter, 2));
  // Signs between letters, and at the end of a line after one.
  join |= letter & up(sign, b->sign, 1) & up(letter, b->letter, 2);
  const uint64_t broken =
      line & (up(letter, b->letter, 1) | (up(sign, b->sign, 1) & up(letter, b->letter, 2)));
  // Three characters that stand alone, close to each other.
  const uint64_t lead = NAME(within)(c, (char)0xC2, 0x33), follow = NAME(within)(c, (char)0x80, 0x40);
  const uint64_t no_word = ~word;
  uint64_t single = up(letter | digit | mark, b->letter | b->digit | b->mark, 1) & no_word &
                    ~up(word, b->word, 2);
  single |= up(follow, b->follow, 1) & up(lead, b->lead, 2) & no_word & ~up(word, b->word, 3);
  single |= up(follow, b->follow, 1) & up(follow, b->follow, 2) & up(lead, b->lead, 3) & no_word &
            ~up(word, b->word, 4);
  uint64_t pair = 0, chain = 0;
  for (int n = 2; n < 11; n++) pair |= up(single, b->single, n);
  pair &= single;
  for (int n = 2; n < 11; n++) chain |= up(pair, b->pair, n);
  join |= chain & pair;

  // Encoded characters.
  const uint64_t hex = digit | (NAME(within)(low, 'a', 6) & ~hi);
  const uint64_t percent = NAME(equal)(c, '%'), equals = NAME(equal)(c, '='), ampersand = NAME(equal)(c, '&');
  uint64_t hidden = up(percent | equals, b->percent | b->equals, 1) & hex;
  hidden |= up(equals, b->equals, 1) & line;
  hidden |= up(ampersand, b->ampersand, 1) & (letter | NAME(equal)(c, '#'));
  hidden |= back;
  const uint64_t capital_u = NAME(equal)(c, 'U');
  hidden |= up(capital_u, b->capital_u, 1) & plus;
  // Runs of Base64.
  const uint64_t base = letter | digit | plus | slash | dash | low_line;
  const uint64_t two = base & base << 1, four = two & two << 2, eight = four & four << 4;
  hidden |= eight & eight << 8 & four << 16;
  const uint64_t leading = ~base ? (uint64_t)__builtin_ctzll(~base) : 64;
  if (leading + b->run > 19) hidden |= 1;
  b->run = ~base ? (uint64_t)__builtin_clzll(~base) : b->run + 64;
  // Digits in pairs, with `0x` or without.
  const uint64_t pairs = no_word & up(hex, b->hex, 1) & up(hex, b->hex, 2) & ~up(word, b->word, 3);
  const uint64_t zero = NAME(equal)(c, '0');
  const uint64_t prefixed = up(zero, b->zero, 1) & NAME(equal)(low, 'x');
  if (bits(pairs) > 3 || bits(prefixed) > 2) hidden |= 1;
  const uint64_t binary = zero | NAME(equal)(c, '1'), b2 = binary & binary << 1, b4 = b2 & b2 << 2;
  hidden |= b4 & b4 << 4;
  // Dots and dashes; signs with few blanks, as ASCII85 has them.
  const int letters = bits(letter), blanks = bits(blank), wide = bits(hi);
  if (bits(dot | dash | low_line) + wide / 2 > 11 && letters < 16 && blanks > 9) hidden |= 1;
  const uint64_t code = dot | dash | low_line;
  if (bits(code) > 7) {
    const uint64_t morse = code | blank | slash, m2 = morse & morse << 1, m4 = m2 & m2 << 2;
    const uint64_t m8 = m4 & m4 << 4, m16 = m8 & m8 << 8;
    if (m16 & code & blank << 1) hidden |= 1;
  }
  if (blanks < 40 && bits(~(word | blank | control)) > 6 && letters > 3) {
    const uint64_t solid = ~blank;
    const uint64_t s2 = solid & solid << 1, s4 = s2 & s2 << 2, s8 = s4 & s4 << 4;
    if (s8 & s8 << 4) hidden |= 1;
  }

  b->letter = letter, b->digit = digit, b->mark = mark, b->sign = sign, b->word = word;
  b->lead = lead, b->follow = follow, b->hex = hex, b->percent = percent, b->equals = equals;
  b->ampersand = ampersand, b->zero = zero, b->capital_u = capital_u;
  b->single = single, b->pair = pair, b->triple = repeat;
  return (uint8_t)((join ? SLUICE_LOOK_JOIN : 0) | (hidden ? SLUICE_LOOK_HIDDEN : 0) |
                   (broken ? SLUICE_LOOK_LINE : 0) |
                   (hi ? SLUICE_LOOK_WIDE : 0) | (control ? SLUICE_LOOK_CONTROL : 0));
}

TARGET static uint8_t NAME(sluice_look)(const uint8_t *bytes, size_t length, uint8_t *flags) {
  before b;
  memset(&b, 0, sizeof b);
  uint8_t all = 0, edge[65];
  size_t start = 0;
  // The first cell has nothing before it, the last one is filled up with blanks.
  for (; start < length; start += SLUICE_LOOK_CELL) {
    uint8_t flag;
    if (start > 0 && start + SLUICE_LOOK_CELL <= length) {
      flag = NAME(look)(NAME(load)(bytes + start), NAME(load)(bytes + start - 1), &b);
    } else {
      const size_t count = length - start < 64 ? length - start : 64;
      memset(edge, 0x20, sizeof edge);
      if (start > 0) edge[0] = bytes[start - 1];
      memcpy(edge + 1, bytes + start, count);
      flag = NAME(look)(NAME(load)(edge + 1), NAME(load)(edge), &b);
    }
    flags[start / SLUICE_LOOK_CELL] = flag;
    all |= flag;
  }
  // What ends with the text is known only after it.
  if (length > 0 && length % SLUICE_LOOK_CELL == 0) {
    memset(edge, 0x20, sizeof edge);
    edge[0] = bytes[length - 1];
    const uint8_t flag = NAME(look)(NAME(load)(edge + 1), NAME(load)(edge), &b) & SLUICE_LOOK_JOIN;
    flags[length / SLUICE_LOOK_CELL - 1] |= flag;
    all |= flag;
  }
  return all;
}
