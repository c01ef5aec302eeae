/// What an item is by its content.
package struct FileType: Sendable, Hashable {
  /// As people call it: `zip archive`, `JPEG picture`.
  package let name: String
  package let kind: Kind
  /// The whole format can be written in plain text, so that being text does not rule it out.
  var canBeText = false

  package enum Kind: Sendable, Hashable {
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
