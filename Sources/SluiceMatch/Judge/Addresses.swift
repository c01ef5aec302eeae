/// Finds payment and contact addresses in a sentence: what turns a quoted or warned-of wording into
/// one that somebody can answer. A finding beside one is never lowered by an exception, so this
/// leans towards finding too much.
enum Addresses {
  static func contained(in bytes: UnsafeRawBufferPointer) -> Bool {
    var scan = Scan()
    var start = 0
    var index = 0
    while index <= bytes.count {
      if index == bytes.count || separates(bytes[index]) {
        if index > start {
          let token = trimmed(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
          if isAddress(token) || scan.take(token) { return true }
        }
        start = index + 1
      }
      index += 1
    }
    return false
  }

  /// Numbers that are written in groups: telephone, card, IBAN.
  private struct Scan {
    var digits = 0
    var international = false
    var iban = 0

    mutating func take(_ token: UnsafeRawBufferPointer) -> Bool {
      takeNumber(token) || takeIBAN(token)
    }

    private mutating func takeNumber(_ token: UnsafeRawBufferPointer) -> Bool {
      let numeric = token.allSatisfy {
        isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".")
          || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")")
      }
      guard numeric, !isDate(token) else {
        digits = 0
        international = false
        return false
      }
      if token.contains(UInt8(ascii: "+")) { international = true }
      digits += token.lazy.filter(isDigit).count
      return digits >= 9 || (international && digits >= 7)
    }

    /// `GB82 WEST 1234 5698 7654 32`: two capitals, two digits, eleven or more of either.
    private mutating func takeIBAN(_ token: UnsafeRawBufferPointer) -> Bool {
      let plain = token.allSatisfy { isDigit($0) || isCapital($0) }
      let begins =
        token.count >= 4 && isCapital(token[0]) && isCapital(token[1]) && isDigit(token[2])
        && isDigit(token[3])
      if plain, begins {
        iban = token.count
      } else if plain, iban > 0 {
        iban += token.count
      } else {
        iban = 0
      }
      return iban >= 15
    }

    /// `2026-03-01`, which is no number to call.
    private func isDate(_ token: UnsafeRawBufferPointer) -> Bool {
      token.count == 10 && token[4] == token[7] && !isDigit(token[4])
        && token.lazy.filter(isDigit).count == 8
    }
  }

  private static func isAddress(_ token: UnsafeRawBufferPointer) -> Bool {
    guard token.count >= 4 else { return false }
    return holdsLink(token) || isMail(token) || isWallet(token) || isDomain(token)
  }

  private static func holdsLink(_ token: UnsafeRawBufferPointer) -> Bool {
    ["://", "www.", ".onion", "t.me/", "wa.me/", "mailto:", "tel:"].contains { mark in
      contains(token, mark)
    }
  }

  /// `somebody@somewhere`, and `@name` as messengers write it.
  private static func isMail(_ token: UnsafeRawBufferPointer) -> Bool {
    guard let at = token.firstIndex(of: UInt8(ascii: "@")) else { return false }
    return token.count - at > 4 && token[(at + 1)...].contains(where: isWord)
  }

  /// A run of letters and digits as long as a wallet address: Base58, Bech32, hexadecimal.
  private static func isWallet(_ token: UnsafeRawBufferPointer) -> Bool {
    (26...110).contains(token.count) && token.allSatisfy(isWord) && token.contains(where: isDigit)
      && token.contains { !isDigit($0) }
  }

  /// `pay-now.example`: labels of lower-case letters, digits and hyphens, the last of letters.
  private static func isDomain(_ token: UnsafeRawBufferPointer) -> Bool {
    let name = token.prefix { $0 != UInt8(ascii: "/") }
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2,
      last.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    else { return false }
    return labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func contains(_ token: UnsafeRawBufferPointer, _ mark: String) -> Bool {
    let mark = Array(mark.utf8)
    guard token.count >= mark.count else { return false }
    return (0...token.count - mark.count).contains { start in
      token[start..<start + mark.count].lazy.map(lowered).elementsEqual(mark)
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { isCapital(byte) ? byte | 0x20 : byte }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isCapital(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func separates(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  private static func trimmed(_ token: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    func trims(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
        || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ")")
        || byte == UInt8(ascii: "(")
    }
    var lower = 0
    var upper = token.count
    while lower < upper, trims(token[lower]) { lower += 1 }
    while upper > lower, trims(token[upper - 1]) { upper -= 1 }
    return UnsafeRawBufferPointer(rebasing: token[lower..<upper])
  }
}
