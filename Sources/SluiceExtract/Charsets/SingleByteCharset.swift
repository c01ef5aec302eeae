/// An 8-bit character set over ASCII.
final class SingleByteCharset: Sendable {
  let name: String
  /// The characters of 0x80 to 0xFF; U+FFFD where the set has none.
  let upper: [UInt16]

  private init(name: String, upper: StaticString) {
    self.name = name
    self.upper = Charset.units(of: upper)
  }

  static let all: [SingleByteCharset] = SingleByteTables.all.map {
    SingleByteCharset(name: $0.name, upper: $0.upper)
  }

  static func named(_ name: String) -> SingleByteCharset? { all.first { $0.name == name } }
}
