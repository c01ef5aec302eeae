// PCRE2 with its JIT, one pattern after another over each text: what a filter does that has no engine
// of its own.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "bench.h"

#include <pcre2.h>

int main(int count, char **arguments) {
  begin(count, arguments);
  double start = now();
  pcre2_code **codes = malloc(pattern_count * sizeof *codes);
  pcre2_match_data *data = pcre2_match_data_create(1, NULL);
  for (unsigned p = 0; p < pattern_count; p++) {
    int code;
    PCRE2_SIZE offset;
    codes[p] = pcre2_compile((PCRE2_SPTR)patterns[p], PCRE2_ZERO_TERMINATED, PCRE2_CASELESS, &code, &offset, NULL);
    if (!codes[p] || pcre2_jit_compile(codes[p], PCRE2_JIT_COMPLETE)) fail("cannot compile", patterns[p]);
  }
  double ready = now();
  for (unsigned t = 0; t < text_count; t++)
    for (unsigned p = 0; p < pattern_count; p++)
      if (pcre2_jit_match(codes[p], (PCRE2_SPTR)texts[t].bytes, texts[t].count, 0, 0, data, NULL) >= 0) hit(t, p);
  report(ready - start, now() - ready);
}
