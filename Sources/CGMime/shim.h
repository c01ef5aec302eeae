// GObject's casts are macros, which Swift does not import; these are they, and nothing else.
#ifndef SLUICE_CGMIME_H
#define SLUICE_CGMIME_H
#include <gmime/gmime.h>

enum sluice_mime_kind {
  SLUICE_MIME_PART,
  SLUICE_MIME_MULTIPART,
  SLUICE_MIME_MESSAGE,
  SLUICE_MIME_PARTIAL,
  SLUICE_MIME_ENCRYPTED,
  SLUICE_MIME_OTHER
};

static inline enum sluice_mime_kind sluice_mime_kind(GMimeObject *object) {
  if (GMIME_IS_MULTIPART_ENCRYPTED(object)) return SLUICE_MIME_ENCRYPTED;
  if (GMIME_IS_MULTIPART(object)) return SLUICE_MIME_MULTIPART;
  if (GMIME_IS_MESSAGE_PARTIAL(object)) return SLUICE_MIME_PARTIAL;
  if (GMIME_IS_MESSAGE_PART(object)) return SLUICE_MIME_MESSAGE;
  if (GMIME_IS_PART(object)) return SLUICE_MIME_PART;
  return SLUICE_MIME_OTHER;
}
static inline GMimeMultipart *sluice_mime_multipart(GMimeObject *object) {
  return (GMimeMultipart *)object;
}
static inline GMimePart *sluice_mime_part(GMimeObject *object) { return (GMimePart *)object; }
static inline GMimeMessage *sluice_mime_message(GMimeObject *object) {
  return g_mime_message_part_get_message((GMimeMessagePart *)object);
}
static inline GMimeObject *sluice_mime_object(GMimeMessage *message) {
  return (GMimeObject *)message;
}
/// A stream over an open descriptor between two bytes of it; the descriptor stays the caller's.
static inline GMimeStream *sluice_mime_stream(int descriptor, gint64 start, gint64 end) {
  GMimeStream *stream = g_mime_stream_fs_new_with_bounds(descriptor, start, end);
  if (stream) g_mime_stream_fs_set_owner((GMimeStreamFs *)stream, FALSE);
  return stream;
}
static inline void sluice_mime_release(void *object) { g_object_unref(object); }
#endif
