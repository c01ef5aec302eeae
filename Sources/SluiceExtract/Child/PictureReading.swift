/// What is read of pictures beside their names.
package enum PictureReading: String, Sendable, Hashable, CaseIterable {
  case off, text, codes, all

  package var readsText: Bool { self == .text || self == .all }
  package var readsCodes: Bool { self == .codes || self == .all }

  /// Decoders that a child must say it has, by the beginning of their names.
  package var decoders: [String] {
    (readsText ? ["text in pictures"] : []) + (readsCodes ? ["codes in pictures"] : [])
  }

  /// The kinds of pictures that are opened.
  package static let kinds: Set<String> = [
    "PNG picture", "JPEG picture", "GIF picture", "WebP picture", "BMP picture", "TIFF picture",
  ]
}
