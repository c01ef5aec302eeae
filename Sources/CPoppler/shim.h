// GObject's casts are macros, which Swift does not import; these are they, and nothing else.
#ifndef SLUICE_CPOPPLER_H
#define SLUICE_CPOPPLER_H
#include <poppler.h>

static inline void sluice_pdf_release(void *object) { g_object_unref(object); }
static inline int sluice_pdf_is_encrypted(GError *error) {
  return error && error->domain == POPPLER_ERROR && error->code == POPPLER_ERROR_ENCRYPTED;
}
static inline int sluice_pdf_is_markup(PopplerAnnot *annotation) {
  return POPPLER_IS_ANNOT_MARKUP(annotation);
}
static inline PopplerAnnotMarkup *sluice_pdf_markup(PopplerAnnot *annotation) {
  return (PopplerAnnotMarkup *)annotation;
}
#endif
