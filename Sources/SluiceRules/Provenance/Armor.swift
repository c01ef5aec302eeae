import SluiceCore

/// Base 64 between a `-----BEGIN …-----` and an `-----END …-----` line.
enum Armor {
  /// - Returns: nil if the text is not exactly one such block.
  static func decode(_ bytes: [UInt8], _ label: String) -> [UInt8]? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map { $0.trimmed }.filter { !$0.isEmpty }
    guard lines.count >= 3, lines.first == "-----BEGIN \(label)-----",
      lines.last == "-----END \(label)-----"
    else { return nil }
    return Base64.decode(lines.dropFirst().dropLast().joined())
  }

  /// In lines of 70 characters, as OpenSSH writes them.
  static func encode(_ bytes: [UInt8], _ label: String) -> String {
    var text = "-----BEGIN \(label)-----\n"
    var rest = Base64.encode(bytes)[...]
    while !rest.isEmpty {
      text += rest.prefix(70) + "\n"
      rest = rest.dropFirst(70)
    }
    return text + "-----END \(label)-----\n"
  }
}

extension Substring {
  /// Without blanks at either end.
  var trimmed: Substring {
    var text = self
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
