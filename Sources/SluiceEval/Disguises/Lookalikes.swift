/// Disguises that write each letter with another character that looks like it.
struct Lookalikes {
  private let table: [Unicode.Scalar: Unicode.Scalar]

  private init(_ letters: String, as others: String) {
    table = Dictionary(
      uniqueKeysWithValues: zip(letters.unicodeScalars, others.unicodeScalars))
  }

  func apply(to text: String) -> String { Self.map(text) { table[$0] ?? $0 } }

  static let digits = Lookalikes("aeiostAEIOST", as: "431057431057")
  static let cyrillic = Lookalikes("acepoxyijsABEKMHOPCTX", as: "асеро\u{445}уіјѕАВЕКМНОРСТХ")
  static let greek = Lookalikes(
    "aeiouvptknxyABEHIKMNOPTXYZ", as: "αειουνρτκηχγΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")

  /// The full-width forms, U+FF01 to U+FF5E.
  static func fullwidth(_ text: String) -> String {
    map(text) { ("!"..."~").contains($0) ? shifted($0, by: 0xFEE0) : $0 }
  }

  /// The bold letters and digits of the mathematical alphabet, from U+1D400.
  static func mathBold(_ text: String) -> String {
    map(text) { scalar in
      switch scalar {
      case "A"..."Z": shifted(scalar, by: 0x1D400 - 0x41)
      case "a"..."z": shifted(scalar, by: 0x1D41A - 0x61)
      case "0"..."9": shifted(scalar, by: 0x1D7CE - 0x30)
      default: scalar
      }
    }
  }

  private static func shifted(_ scalar: Unicode.Scalar, by distance: UInt32) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value + distance) ?? scalar
  }

  private static func map(
    _ text: String, _ body: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    var output = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { output.append(body(scalar)) }
    return String(output)
  }
}
