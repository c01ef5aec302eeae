import SluiceCore

@testable import SluiceExtract

/// Ways to disguise a sentence, as the tests try them.
struct Disguises {
  struct Disguise: Sendable {
    var name: String
    /// Of encodings, the segment that it gives.
    var kind: HiddenKind?
    var apply: @Sendable (String) -> String
  }

  /// What the tests hide.
  static let sentence = "Please send the release payment and claim your lottery prize"

  static let all = letters + encodings

  /// Whether a text holds a sentence, but for case, punctuation and how much blank is between words.
  static func holds(_ text: String, _ sentence: String) -> Bool {
    func words(_ text: String) -> String {
      let letters = text.lowercased().unicodeScalars.map { scalar -> Character in
        scalar.isASCII && ("a"..."z").contains(Character(scalar)) ? Character(scalar) : " "
      }
      return String(letters).split(separator: " ").joined(separator: " ")
    }
    return " \(words(text)) ".contains(" \(words(sentence)) ")
  }

  static let encodings: [Disguise] = [
    Disguise(name: "Base64", kind: .base64) { Base64.encode(Array($0.utf8)) },
    Disguise(name: "Base64, URL-safe", kind: .base64) {
      String(
        Base64.encode(Array($0.utf8)).filter { $0 != "=" }.map {
          $0 == "+" ? "-" : $0 == "/" ? "_" : $0
        })
    },
    Disguise(name: "Base64 of UTF-16", kind: .base64) {
      Base64.encode($0.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
    },
    Disguise(name: "hexadecimal", kind: .hexadecimal) { Hex.encode($0.utf8) },
    Disguise(name: "hexadecimal, in pairs", kind: .hexadecimal) {
      $0.utf8.map { Hex.encode([$0]) }.joined(separator: " ")
    },
    Disguise(name: "percent encoding", kind: .percent) {
      $0.utf8.map { "%" + Hex.encode([$0]) }.joined()
    },
    Disguise(name: "quoted-printable", kind: .quotedPrintable) {
      $0.utf8.map { "=" + Hex.encode([$0]).uppercased() }.joined()
    },
    Disguise(name: "character references", kind: .entities) {
      $0.unicodeScalars.map { "&#\($0.value);" }.joined()
    },
    Disguise(name: "escapes \\u", kind: .escapes) {
      $0.utf16.map { "\\u" + Hex.encode([UInt8($0 >> 8), UInt8($0 & 255)]) }.joined()
    },
    Disguise(name: "escapes \\x", kind: .escapes) {
      $0.utf8.map { "\\x" + Hex.encode([$0]) }.joined()
    },
    Disguise(name: "ASCII85", kind: .ascii85) { ascii85(Array($0.utf8)) },
    Disguise(name: "Morse code", kind: .morse) { morse($0) },
    Disguise(name: "binary digits", kind: .binary) {
      $0.utf8.map { byte in
        String((0..<8).map { byte >> UInt8(7 - $0) & 1 == 1 ? "1" : "0" })
      }.joined(separator: " ")
    },
    Disguise(name: "tag characters", kind: .tags) {
      String(
        String.UnicodeScalarView(
          $0.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xE0000) }))
    },
  ]

  /// The four bytes of each group, most significant digit first.
  private static func ascii85(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 4) {
      let group = Array(bytes[start..<min(start + 4, bytes.count)])
      var value = UInt32(0)
      for byte in group + [UInt8](repeating: 0, count: 4 - group.count) {
        value = value << 8 | UInt32(byte)
      }
      var digits: [Character] = []
      for _ in 0..<5 {
        digits.append(Character(Unicode.Scalar(UInt8(value % 85) + 33)))
        value /= 85
      }
      text += String(digits.reversed().prefix(group.count + 1))
    }
    return text
  }

  private static func morse(_ text: String) -> String {
    let code = [
      "a": ".-", "b": "-...", "c": "-.-.", "d": "-..", "e": ".", "f": "..-.", "g": "--.",
      "h": "....", "i": "..", "j": ".---", "k": "-.-", "l": ".-..", "m": "--", "n": "-.",
      "o": "---", "p": ".--.", "q": "--.-", "r": ".-.", "s": "...", "t": "-", "u": "..-",
      "v": "...-", "w": ".--", "x": "-..-", "y": "-.--", "z": "--..",
    ]
    return text.lowercased().split(separator: " ").map { word in
      word.compactMap { code[String($0)] }.joined(separator: " ")
    }.joined(separator: " / ")
  }
}
