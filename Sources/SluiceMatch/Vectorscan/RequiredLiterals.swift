/// Byte strings of which every match of a pattern holds at least one. ASCII letters are in lower
/// case and stand for both cases.
///
/// Only such literals are given to Vectorscan: release 5.4.9 loses matches of expressions with
/// classes in them, depending on the address of the text. What is right of the classes is for
/// PCRE2 to say.
struct RequiredLiterals: Sendable, Hashable {
  var literals: Set<[UInt8]>
  /// Bytes from the start of a match to the end of its literal.
  var lead: ClosedRange<Int>
  /// How telling they are: about the letters of the shortest.
  var score: Double

  /// A literal must tell more than one letter does.
  private static let least = 1.2

  /// - Returns: nil where a match need not hold any literal that is worth a search.
  init?(_ node: Node) {
    var search = LiteralSearch(node)
    guard let found = search.best(node, after: 0...0), found.score >= Self.least else {
      return nil
    }
    self = found
  }

  init?(_ literals: Set<[UInt8]>, lead: ClosedRange<Int>) {
    guard !literals.isEmpty, !literals.contains([]) else { return nil }
    self.literals = literals
    self.lead = lead
    // Each doubling of their number costs a quarter of a letter.
    let shortest = literals.map(Self.weight).min() ?? 0
    score = min(8, shortest) - Double(Int.bitWidth - literals.count.leadingZeroBitCount - 1) / 4
  }

  private static func weight(_ literal: [UInt8]) -> Double {
    literal.reduce(0) { sum, byte in
      switch byte {
      case 0...32: sum + 0.5
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): sum + 1
      case 0x80...: sum + 0.6
      default: sum + 1.2
      }
    }
  }

  /// Some of them, for people.
  var shown: String {
    let sorted = literals.sorted { $0.lexicographicallyPrecedes($1) }
    let first = sorted.prefix(8).map { String(decoding: $0, as: UTF8.self).debugDescription }
    let rest = sorted.count - first.count
    return first.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
