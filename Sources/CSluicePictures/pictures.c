#include "sluice_pictures.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Leptonica 1.82 (allheaders.h).
static void *(*pix_read)(const uint8_t *, size_t);
static int (*pix_header)(const uint8_t *, size_t, int *, int *, int *, int *, int *, int *);
static void *(*pix_gray)(void *, int);
static void (*pix_destroy)(void **);
static int (*pix_width)(void *), (*pix_height)(void *), (*pix_words)(void *);
static uint32_t *(*pix_data)(void *);
static int (*pix_silence)(int);
// Tesseract 5 (capi.h).
static void *(*tess_create)(void);
static int (*tess_init)(void *, const char *, const char *);
static void (*tess_image)(void *, void *);
static void (*tess_resolution)(void *, int);
static char *(*tess_text)(void *);
static void (*tess_free)(const char *);
static void (*tess_clear)(void *);
static int (*tess_set)(void *, const char *, const char *);
static const char *(*tess_version)(void);
static void *reader;
// ZBar 0.23 (zbar.h).
static void *(*zbar_scanner)(void);
static int (*zbar_config)(void *, int, int, int);
static void *(*zbar_image)(void);
static void (*zbar_format)(void *, unsigned long);
static void (*zbar_size)(void *, unsigned, unsigned);
static void (*zbar_bytes)(void *, const void *, unsigned long, void (*)(void *));
static int (*zbar_scan)(void *, void *);
static const void *(*zbar_first)(const void *), *(*zbar_next)(const void *);
static const char *(*zbar_data)(const void *);
static unsigned (*zbar_length)(const void *);
static void (*zbar_destroy)(void *);
static void *scanner;

struct symbol {
  void *place;
  const char *name;
};

static int load(const char *library, const struct symbol *symbols, char *trouble, size_t size) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    snprintf(trouble, size, "%s", dlerror());
    return -1;
  }
  for (; symbols->name; symbols++) {
    void *found = dlsym(handle, symbols->name);
    if (!found) {
      snprintf(trouble, size, "%s has no %s", library, symbols->name);
      return -1;
    }
    memcpy(symbols->place, &found, sizeof found);
  }
  return 0;
}

int sluice_pictures_load(int text, int codes, char *trouble, size_t size) {
  if (!text && !codes) return 0;
  // Threads cannot be started behind the jail.
  setenv("OMP_THREAD_LIMIT", "1", 1);
  const struct symbol leptonica[] = {
      {&pix_read, "pixReadMem"},       {&pix_header, "pixReadHeaderMem"},
      {&pix_gray, "pixConvertTo8"},    {&pix_destroy, "pixDestroy"},
      {&pix_width, "pixGetWidth"},     {&pix_height, "pixGetHeight"},
      {&pix_words, "pixGetWpl"},       {&pix_data, "pixGetData"},
      {&pix_silence, "setMsgSeverity"}, {NULL, NULL}};
  if (load("liblept.so.5", leptonica, trouble, size)) return -1;
  pix_silence(6);
  if (text) {
    const struct symbol tesseract[] = {
        {&tess_create, "TessBaseAPICreate"},  {&tess_init, "TessBaseAPIInit3"},
        {&tess_image, "TessBaseAPISetImage2"}, {&tess_text, "TessBaseAPIGetUTF8Text"},
        {&tess_resolution, "TessBaseAPISetSourceResolution"},
        {&tess_free, "TessDeleteText"},       {&tess_clear, "TessBaseAPIClear"},
        {&tess_set, "TessBaseAPISetVariable"}, {&tess_version, "TessVersion"},
        {NULL, NULL}};
    if (load("libtesseract.so.5", tesseract, trouble, size)) return -1;
    reader = tess_create();
    if (!reader || tess_init(reader, NULL, "eng")) {
      snprintf(trouble, size, "Tesseract has no data for English (tesseract-ocr-eng)");
      return -1;
    }
    tess_set(reader, "debug_file", "/dev/null");
  }
  if (codes) {
    const struct symbol zbar[] = {
        {&zbar_scanner, "zbar_image_scanner_create"}, {&zbar_image, "zbar_image_create"},
        {&zbar_config, "zbar_image_scanner_set_config"}, {&zbar_format, "zbar_image_set_format"},
        {&zbar_size, "zbar_image_set_size"}, {&zbar_bytes, "zbar_image_set_data"},
        {&zbar_scan, "zbar_scan_image"}, {&zbar_first, "zbar_image_first_symbol"},
        {&zbar_next, "zbar_symbol_next"}, {&zbar_data, "zbar_symbol_get_data"},
        {&zbar_length, "zbar_symbol_get_data_length"}, {&zbar_destroy, "zbar_image_destroy"},
        {NULL, NULL}};
    if (load("libzbar.so.0", zbar, trouble, size)) return -1;
    scanner = zbar_scanner();
    // Every kind of code (0), enabled (0).
    if (!scanner || zbar_config(scanner, 0, 0, 1)) {
      snprintf(trouble, size, "ZBar could not be set up");
      return -1;
    }
  }
  return 0;
}

void *sluice_picture_open(const uint8_t *bytes, size_t count, uint64_t most, int *too_large) {
  int format = 0, width = 0, height = 0, bits = 0, samples = 0, map = 0;
  *too_large = 0;
  if (pix_header(bytes, count, &format, &width, &height, &bits, &samples, &map)) return NULL;
  if (width < 1 || height < 1) return NULL;
  if ((uint64_t)width * (uint64_t)height > most) {
    *too_large = 1;
    return NULL;
  }
  void *picture = pix_read(bytes, count);
  if (!picture) return NULL;
  void *gray = pix_gray(picture, 0);
  pix_destroy(&picture);
  return gray;
}

void sluice_picture_close(void *picture) {
  if (picture) pix_destroy(&picture);
}

char *sluice_picture_text(void *picture) {
  tess_image(reader, picture);
  // Pictures seldom say their resolution, and a wrong one is worse than this.
  tess_resolution(reader, 150);
  char *text = tess_text(reader);
  char *copy = text ? strdup(text) : NULL;
  if (text) tess_free(text);
  tess_clear(reader);
  return copy;
}

char *sluice_picture_codes(void *picture) {
  size_t width = pix_width(picture), height = pix_height(picture), words = pix_words(picture);
  const uint32_t *data = pix_data(picture);
  uint8_t *gray = malloc(width * height);
  if (!gray) return NULL;
  for (size_t y = 0; y < height; y++)
    for (size_t x = 0; x < width; x++)
      gray[y * width + x] = data[y * words + x / 4] >> (24 - 8 * (x % 4));
  void *image = zbar_image();
  zbar_format(image, 0x30303859);  // Y800
  zbar_size(image, width, height);
  zbar_bytes(image, gray, width * height, NULL);
  char *all = NULL;
  size_t size = 0;
  FILE *out = zbar_scan(scanner, image) < 0 ? NULL : open_memstream(&all, &size);
  if (out) {
    for (const void *code = zbar_first(image); code; code = zbar_next(code)) {
      fwrite(zbar_data(code), 1, zbar_length(code), out);
      fputc('\n', out);
    }
    fclose(out);
  }
  zbar_destroy(image);
  free(gray);
  return all;
}

const char *sluice_pictures_version(void) { return tess_version ? tess_version() : ""; }
