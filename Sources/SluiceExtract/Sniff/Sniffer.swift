/// Tells what an item is from its first block. Names are never asked.
package enum Sniffer {
  package static func type(of head: UnsafeBufferPointer<UInt8>) -> FileType? {
    let head = Head(bytes: head)
    guard head.bytes.count > 1 else { return nil }
    return Signature.all.first { $0.matches(head) }?.type
  }

  /// Whether the ending of a name says another kind than the content is: a program named as a
  /// picture, an archive named as text.
  package static func nameLies(_ name: [UInt8], type: FileType?, isText: Bool) -> Bool {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), name.count - dot <= 6 else {
      return false
    }
    let ending = String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
    guard let claim = claims.first(where: { $0.endings.contains(ending) }) else { return false }
    guard let type else { return isText && claim.kinds != nil }
    guard let kinds = claim.kinds else { return type.kind != .other && !type.canBeText }
    // Office files, books and programs for phones are zip archives; scripts can be anything.
    return !kinds.contains(type.kind)
  }

  /// Endings, with the kinds of content that bear them honestly; nil for text.
  private static let claims: [(endings: Set<String>, kinds: Set<FileType.Kind>?)] = [
    (
      [
        "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "ico", "mp3", "wav", "flac",
        "ogg", "mp4", "mov", "avi", "mkv", "webm", "m4a", "aac", "heic",
      ], [.media]
    ),
    (
      ["zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "tar", "cab", "iso", "zst"],
      [.archive, .encrypted]
    ),
    (
      ["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"], [.archive, .encrypted, .legacyOffice]
    ),
    (["doc", "xls", "ppt"], [.legacyOffice, .encrypted, .document, .archive]),
    (["pdf", "rtf", "ps"], [.document, .encrypted]),
    (["txt", "md", "csv", "json", "xml", "html", "htm", "eml", "log", "yaml", "yml"], nil),
  ]
}
