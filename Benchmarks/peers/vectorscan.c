// All patterns in one database of Vectorscan; where it reports an end, PCRE2 is asked about the window
// before it, so that the result is PCRE2's. The database is kept in a file, as a filter would.
// With a fourth argument that file's name.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "bench.h"

#include <hs/hs.h>
#include <pcre2.h>

static pcre2_code **codes;
static unsigned *widths;
static pcre2_match_data *data;
static pcre2_match_context *context;
static unsigned char *found;
// The first byte that PCRE2 has not yet been asked about, by pattern.
static size_t *asked;
static unsigned current;

static int ended(unsigned p, unsigned long long from, unsigned long long to, unsigned flags, void *none) {
  (void)from, (void)flags, (void)none;
  if (found[p]) return 0;
  size_t start = to > widths[p] ? to - widths[p] : 0;
  if (start < asked[p]) start = asked[p];
  size_t end = to + widths[p] < texts[current].count ? to + widths[p] : texts[current].count;
  if (start > to) return 0;
  pcre2_set_offset_limit(context, to);
  int result = pcre2_match(codes[p], (PCRE2_SPTR)texts[current].bytes, end, start, 0, data, context);
  asked[p] = to + 1;
  if (result >= 0) found[p] = 1;
  return 0;
}

static hs_database_t *compile(void) {
  const char **sources = malloc(pattern_count * sizeof *sources);
  unsigned *flags = malloc(pattern_count * sizeof *flags), *ids = malloc(pattern_count * sizeof *ids);
  for (unsigned p = 0; p < pattern_count; p++) sources[p] = patterns[p], flags[p] = HS_FLAG_CASELESS, ids[p] = p;
  hs_database_t *database;
  hs_compile_error_t *error;
  if (hs_compile_multi(sources, flags, ids, pattern_count, HS_MODE_BLOCK, NULL, &database, &error))
    fail("cannot compile", error->message);
  return database;
}

static hs_database_t *kept(const char *path) {
  FILE *file = path ? fopen(path, "r") : NULL;
  hs_database_t *database;
  char *bytes = NULL;
  size_t count = 0;
  if (file) {
    fseek(file, 0, SEEK_END);
    count = ftell(file);
    rewind(file);
    bytes = malloc(count);
    if (fread(bytes, 1, count, file) != count || hs_deserialize_database(bytes, count, &database))
      fail("cannot read", path);
    fclose(file);
    return database;
  }
  database = compile();
  if (path) {
    if (hs_serialize_database(database, &bytes, &count) || !(file = fopen(path, "w"))) fail("cannot write", path);
    fwrite(bytes, 1, count, file);
    fclose(file);
  }
  return database;
}

int main(int count, char **arguments) {
  begin(count, arguments);
  double start = now();
  hs_scratch_t *scratch = NULL;
  hs_database_t *database = kept(count > 4 ? arguments[4] : NULL);
  if (hs_alloc_scratch(database, &scratch)) fail("cannot use", "the database");
  codes = malloc(pattern_count * sizeof *codes);
  widths = malloc(pattern_count * sizeof *widths);
  found = calloc(pattern_count, 1);
  asked = calloc(pattern_count, sizeof *asked);
  data = pcre2_match_data_create(1, NULL);
  context = pcre2_match_context_create(NULL);
  for (unsigned p = 0; p < pattern_count; p++) {
    int code;
    PCRE2_SIZE offset;
    hs_expr_info_t *facts;
    hs_compile_error_t *error;
    codes[p] = pcre2_compile((PCRE2_SPTR)patterns[p], PCRE2_ZERO_TERMINATED, PCRE2_CASELESS | PCRE2_USE_OFFSET_LIMIT,
                             &code, &offset, NULL);
    if (!codes[p] || pcre2_jit_compile(codes[p], PCRE2_JIT_COMPLETE)) fail("cannot compile", patterns[p]);
    if (hs_expression_info(patterns[p], HS_FLAG_CASELESS, &facts, &error)) fail("cannot measure", patterns[p]);
    widths[p] = facts->max_width < 512 ? facts->max_width : 512;
    free(facts);
  }
  double ready = now();
  for (current = 0; current < text_count; current++) {
    if (hs_scan(database, texts[current].bytes, texts[current].count, 0, scratch, ended, NULL)) fail("cannot scan", "");
    for (unsigned p = 0; p < pattern_count; p++)
      if (found[p]) hit(current, p);
    memset(found, 0, pattern_count);
    memset(asked, 0, pattern_count * sizeof *asked);
  }
  report(ready - start, now() - ready);
}
