/// What an item is by its content.
struct FileType: Sendable, Hashable {
  /// As people call it: `zip archive`, `JPEG picture`.
  let name: String
  let kind: Kind
  /// The whole format can be written in plain text, so that being text does not rule it out.
  var canBeText = false

  enum Kind: Sendable, Hashable {
    /// Holds other files, or one in compressed form.
    case archive
    case document
    case encrypted
    /// Pictures, sound and video.
    case media
    case executable
    /// Office files from before 2007, whose text lies in them as it is.
    case legacyOffice
    /// Known, and of no kind that holds text for readers: fonts, databases.
    case other
  }

  /// Why nothing here reads it, where it must not go through for that.
  var gap: (cause: Gap, detail: String)? {
    switch kind {
    case .archive, .document: (.noDecoder, "a \(name), which nothing here decodes")
    case .encrypted: (.encrypted, "a \(name)")
    case .media, .executable, .legacyOffice, .other: nil
    }
  }

  enum Gap { case noDecoder, encrypted }
}
