// Text and codes in pictures, by libraries that are loaded only where they are asked for: Leptonica
// opens pictures, Tesseract reads text, ZBar reads bar and QR codes. One thread uses all of it.
#ifndef SLUICE_PICTURES_H
#define SLUICE_PICTURES_H
#include <stddef.h>
#include <stdint.h>

/// Loads what is asked for, and the data that comes with it.
/// Returns 0, or -1 with the reason in `trouble`.
int sluice_pictures_load(int text, int codes, char *trouble, size_t size);

/// A decoded picture; NULL where it cannot be decoded or is larger than `most` dots, which then
/// sets `too_large`.
void *sluice_picture_open(const uint8_t *bytes, size_t count, uint64_t most, int *too_large);
void sluice_picture_close(void *picture);

/// The text in a picture, to be freed; NULL where it could not be read.
char *sluice_picture_text(void *picture);
/// The codes in a picture, each on a line, to be freed; NULL where it could not be read.
char *sluice_picture_codes(void *picture);

/// The version of Tesseract; empty where it is not loaded.
const char *sluice_pictures_version(void);
#endif
