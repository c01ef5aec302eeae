/// The first line and the fields of an HTTP/1.1 message (RFC 9112), as the control socket needs
/// them: strict, small, nothing folded.
struct HTTPHead: Sendable {
  /// The three words of the first line; a status line's phrase may hold more of them.
  var first: [String]
  /// Names in lower case; the last of several wins.
  var headers: [String: String]

  /// A request line's parts.
  var method: String { first[0] }
  var target: String { first[1] }
  /// The code of a status line.
  var status: Int? { first[0].hasPrefix("HTTP/1.") ? Int(first[1]) : nil }

  /// The index after the empty line that ends a head, or nil while it has not come.
  static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in 0...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13
      && bytes[index + 3] == 10
    {
      return index + 4
    }
    return nil
  }

  /// - Returns: nil for anything malformed, and for a field that stands twice with different values.
  init?(parsing bytes: some Collection<UInt8>) {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var lines = text.unicodeScalars.split(separator: "\r\n".unicodeScalars)[...]
    guard let line = lines.popFirst() else { return nil }
    first = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map {
      String($0)
    }
    guard first.count == 3, !first.contains(""), text.utf8.allSatisfy({ $0 != 0 }) else {
      return nil
    }
    headers = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else { return nil }
      let name = String(line[..<colon]).lowercased()
      guard name.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
      let value = String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
      if let other = headers.updateValue(value, forKey: name), other != value { return nil }
    }
  }
}

/// Percent-encoding of paths and queries (RFC 3986).
enum HTTPText {
  static func encode(_ text: String, keeping: String = "") -> String {
    var encoded = ""
    for byte in text.utf8 {
      let isPlain =
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || [45, 46, 95, 126].contains(byte) || keeping.utf8.contains(byte)
      if isPlain {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }

  /// - Returns: nil for a broken escape, or bytes that are no UTF-8.
  static func decode(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.count >= 2,
          let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        else { return nil }
        rest = rest.dropFirst(2)
        bytes.append(value)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

extension HTTPText {
  /// The decoded pieces of a request's path, and its query; the last of several values wins.
  /// - Returns: nil unless the target begins with `/` and all its escapes are sound.
  static func target(_ target: String) -> (path: [String], query: [String: String])? {
    guard target.hasPrefix("/") else { return nil }
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path: [String] = []
    for piece in halves[0].split(separator: "/") {
      guard let decoded = decode(piece) else { return nil }
      path.append(decoded)
    }
    var query: [String: String] = [:]
    if halves.count == 2 {
      for pair in halves[1].split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = decode(sides[0]), let value = decode(sides.count == 2 ? sides[1] : "")
        else { return nil }
        query[name] = value
      }
    }
    return (path, query)
  }
}
