/// Requirements in words, for the author of a pattern.
extension PatternRequirements {
  var isEmpty: Bool {
    slots.isEmpty && literals.isEmpty && run == nil && shape == nil
  }

  /// A line each, the rarest of a kind first; empty where nothing is required.
  var shown: String {
    var lines = slots.map { "word \($0.shown)" } + literals.map { "literal \($0.shown)" }
    if let run { lines.append("run \(run.shown)") }
    if let shape { lines.append("shape \(shape.shown)") }
    return lines.joined(separator: "\n")
  }
}

extension WordSlot {
  /// Some of its words, an open one with an ellipsis, and where they begin.
  var shown: String {
    Listing.shown(
      words.map { word in
        let text = String(decoding: word.spelling ?? word.folded, as: UTF8.self)
        let length = word.length.map { " of \(Listing.shown($0)) bytes" } ?? ""
        return text.debugDescription + (word.ending == .open ? "…" : "") + length
      }, lead: lead, frequency: frequency)
      + (index.map { ", word \(Listing.shown($0.lowerBound + 1...$0.upperBound + 1))" } ?? "")
  }
}

extension StartRequirement {
  /// Some of its words and sequences.
  var shown: String {
    Listing.shown(
      words.map { word in
        String(decoding: word.folded, as: UTF8.self).debugDescription
          + (word.ending == .open ? "…" : "")
      } + sequences.map { $0.map(\.shown).joined(separator: " ") },
      lead: 0...0, frequency: frequency)
  }
}

extension LiteralSlot {
  /// Some of its literals and where they begin.
  var shown: String {
    Listing.shown(
      literals.map { String(decoding: $0.spelling ?? $0.folded, as: UTF8.self).debugDescription },
      lead: lead, frequency: frequency)
  }
}

extension RunRequirement {
  var shown: String {
    let length = most.map { Listing.shown(least...$0) } ?? "at least \(least)"
    return Listing.shown(
      ["\(length) bytes of \(alphabet.shown)" + (atStart ? " from a word's start" : "")],
      lead: lead, frequency: frequency)
  }
}

extension ShapeRequirement {
  var shown: String {
    Listing.shown(
      sequences.map { $0.map(\.shown).joined(separator: " ") }, lead: lead, frequency: frequency)
  }
}

extension ByteClass {
  /// As in a pattern's class.
  var shown: String {
    var text = ""
    var byte = 0
    while byte < 128 {
      guard contains(UInt8(byte)) else {
        byte += 1
        continue
      }
      var end = byte
      while end < 127, contains(UInt8(end + 1)) { end += 1 }
      text += Self.sign(byte)
      if end > byte { text += (end > byte + 1 ? "-" : "") + Self.sign(end) }
      byte = end + 1
    }
    return "[\(text)\(others ? "…" : "")]"
  }

  private static func sign(_ byte: Int) -> String {
    Unicode.Scalar(UInt8(byte)).escaped(asASCII: true)
  }
}

private enum Listing {
  private static let most = 8

  static func shown(_ items: [String], lead: ClosedRange<Int>, frequency: Double) -> String {
    let rest = items.count - most
    let list = items.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    let estimate = frequency < 1 ? "less than 1" : "about \(Int(frequency))"
    return "\(list) at byte \(shown(lead)) (\(estimate) in a million bytes)"
  }

  static func shown(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}
