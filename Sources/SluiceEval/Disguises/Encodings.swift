import SluiceCore

/// Disguises that a machine undoes: encodings, and text backwards.
enum Encodings {
  /// Each letter as a numeric reference, decimal or hexadecimal.
  static func entities(_ text: String, _ random: inout SeededRandom) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      if Words.isASCIILetter(scalar) {
        output +=
          Bool.random(using: &random)
          ? "&#\(scalar.value);" : "&#x\(String(scalar.value, radix: 16));"
      } else {
        output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  static func base64(_ text: String) -> String { "data: " + Base64.encode(Array(text.utf8)) }

  static func rot13(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard Words.isASCIILetter(scalar) else {
        output.append(scalar)
        continue
      }
      let first = scalar.value & 0xE0 | 1
      output.append(Unicode.Scalar(UInt8(first + (scalar.value - first + 13) % 26)))
    }
    return String(output)
  }

  static func reversed(_ text: String) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.reversed() { output.append(scalar) }
    return String(output)
  }

  /// Every byte as `%XX`.
  static func percent(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 { output += "%" + Hex.encode([byte]).uppercased() }
    return output
  }
}
