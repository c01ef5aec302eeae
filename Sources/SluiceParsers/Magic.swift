import CLibMagic

/// libmagic's opinion of bytes that nothing else knows.
enum Magic {
  /// Opened before the jail closes and kept; one thread uses it.
  nonisolated(unsafe) private static let cookie: magic_t? = {
    guard let cookie = magic_open(Int32(MAGIC_MIME_TYPE)) else { return nil }
    guard magic_load(cookie, nil) == 0 else { return nil }
    return cookie
  }()

  static func warmUp() { _ = type(of: [0]) }

  /// A media type; nil where it does not know.
  static func type(of head: [UInt8]) -> String? {
    guard let cookie, let name = magic_buffer(cookie, head, head.count) else { return nil }
    let type = String(cString: name)
    return type == "application/octet-stream" || type == "application/x-empty" ? nil : type
  }

  /// Whether a media type is of something that holds other files.
  static func isContainer(_ type: String) -> Bool {
    ["zip", "compress", "archive", "x-tar", "x-rar", "x-lz", "x-xz", "x-7z", "iso9660", "cab"]
      .contains { type.contains($0) }
  }
}
