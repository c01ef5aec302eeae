/// What ids, names, tags and references look like.
enum Names {
  /// `a-z`, digits and single dashes between them.
  static func isSlug(_ text: some StringProtocol) -> Bool {
    var previous = UInt8(ascii: "-")
    guard (1...64).contains(text.utf8.count) else { return false }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "-") where previous != UInt8(ascii: "-"): break
      default: return false
      }
      previous = byte
    }
    return previous != UInt8(ascii: "-")
  }

  /// A pattern's or definition's name: letters, digits, `_`, and dashes; a letter first.
  static func isName(_ text: some StringProtocol) -> Bool {
    guard (1...64).contains(text.utf8.count), let first = text.utf8.first, isLetter(first) else {
      return false
    }
    return text.utf8.allSatisfy(isNameByte)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }

  /// A web address, a `urn:` or a `doi:`, without blanks.
  static func isReference(_ text: String) -> Bool {
    let known = ["https://", "http://", "urn:", "doi:"].contains { text.hasPrefix($0) }
    return known && !text.unicodeScalars.contains { $0.properties.isWhitespace }
      && text.drop { $0 != ":" }.utf8.count > 3
  }

  /// A tag of a public taxonomy: `namespace:predicate` or `namespace:predicate="value"`.
  static func isTag(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":"), isSlug(text[..<colon].lowercased()) else {
      return false
    }
    let rest = text[text.index(after: colon)...]
    guard let equals = rest.firstIndex(of: "=") else { return isSlug(rest.lowercased()) }
    let value = rest[rest.index(after: equals)...]
    return isSlug(rest[..<equals].lowercased()) && value.count > 2 && value.hasPrefix("\"")
      && value.hasSuffix("\"") && !value.dropFirst().dropLast().contains("\"")
  }

  /// A language tag as BCP 47 has them, in its shape: `en`, `pt-BR`, `zh-Hans`.
  static func isLanguage(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return (2...3).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy(isLetter)
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { isLetter($0) || isDigit($0) }
      }
  }
}

extension Fields {
  /// References, each checked for its shape.
  func references(_ key: String = "references", required: Bool = false) -> [String] {
    checked(key, required: required, Names.isReference, .badReference) {
      "'\($0)' is no reference; it begins with https://, http://, urn: or doi:"
    }
  }

  func tags(_ key: String = "tags") -> [String] {
    checked(key, required: false, Names.isTag, .badTag) {
      "'\($0)' is no tag; tags are written namespace:predicate or namespace:predicate=\"value\""
    }
  }

  func languages(_ key: String = "languages") -> [String] {
    checked(key, required: false, Names.isLanguage, .badValue) {
      "'\($0)' is no language tag; they are written as 'en' or 'pt-BR'"
    }
  }

  private func checked(
    _ key: String, required: Bool, _ test: (String) -> Bool, _ code: DiagnosticCode,
    _ message: (String) -> String
  ) -> [String] {
    var seen: Set<String> = []
    return texts(key, required: required).compactMap { text in
      guard test(text.text) else {
        bag.error(code, at: text.span, message(text.text))
        return nil
      }
      guard seen.insert(text.text).inserted else {
        bag.warning(.duplicateValue, at: text.span, "'\(text.text)' stands in '\(key)' twice")
        return nil
      }
      return text.text
    }
  }
}
