/// A byte expression for Vectorscan that every match of a pattern holds: a stretch of the pattern
/// that must be there, with everything that bytes cannot say exactly made wider. A hit of it ends
/// within each match it stands for.
struct PrefilterExpression: Sendable, Hashable {
  var source: String
  /// How telling it is: about the count of literal characters that must be there.
  var weight: Double
  /// Bytes from the start of a match to the end of its hit.
  var lead: ClosedRange<Int>

  /// Enough literal characters; what follows would only make the search slower.
  private static let enough = 10.0

  /// - Returns: nil where no part of the pattern can be searched for.
  init?(_ node: Node) {
    var parts: [Node] = []
    Self.flatten(node, into: &parts)
    let weights = parts.map(Self.weight)
    var best: (range: Range<Int>, weight: Double)?
    for start in parts.indices where weights[start] != nil {
      var sum = 0.0
      var end = start
      while end < parts.count, let weight = weights[end], sum < Self.enough {
        sum += weight
        end += 1
      }
      if sum > (best?.weight ?? 0.15) { best = (start..<end, sum) }
    }
    guard let best else { return nil }
    var text = ""
    for (index, part) in parts[best.range].enumerated() {
      text += Self.text(part, isLast: index == best.range.count - 1)
    }
    source = text
    weight = best.weight
    // Groups are known from the whole tree.
    var measurement = Measurement()
    _ = measurement.measure(node)
    let extents = parts[..<best.range.upperBound].map { measurement.measure($0) }
    let longest = extents.reduce(0) { $0 + $1.bytes }
    lead = min(longest, extents.reduce(0) { $0 + $1.least })...longest
  }

  /// The parts that must stand one after the other.
  private static func flatten(_ node: Node, into parts: inout [Node]) {
    switch node {
    case .sequence(let nodes): for node in nodes { flatten(node, into: &parts) }
    case .capture(_, let inner), .atomic(let inner): flatten(inner, into: &parts)
    case .empty, .assertion, .look: break
    default: parts.append(node)
    }
  }

  /// Literal characters that a part stands for at least; nil where it cannot be written.
  private static func weight(_ node: Node) -> Double? {
    switch node {
    case .empty, .assertion, .look: return 0
    case .literal(let scalar, let caseless): return scalar.isASCII || !caseless ? 1 : 0.3
    case .set(let set):
      let members = set.may.nonzeroBitCount + (set.others ? 40 : 0)
      return members <= 2 ? 0.9 : members <= 12 ? 0.5 : members <= 40 ? 0.2 : 0.05
    case .lineEnd: return 0.3
    case .backReference: return nil
    case .capture(_, let inner), .atomic(let inner): return weight(inner)
    case .sequence(let nodes):
      var sum = 0.0
      for node in nodes {
        guard let own = weight(node) else { return nil }
        sum += own
      }
      return sum
    case .alternation(let nodes):
      var least = Double.infinity
      for node in nodes {
        guard let own = weight(node) else { return nil }
        least = min(least, own)
      }
      return least
    case .repeated(let inner, let count):
      guard let own = weight(inner) else { return nil }
      return own * Double(min(count.least, 12))
    }
  }

  private static func text(_ node: Node, isLast: Bool = false) -> String {
    switch node {
    case .empty, .assertion, .look, .backReference: return ""
    case .literal(let scalar, let caseless): return literal(scalar, caseless: caseless)
    case .set(let set):
      return set.others ? bytes(set) + "{1,4}" : bytes(set)
    case .lineEnd: return "[\\x0a-\\x0d\\x80-\\xff]{1,3}"
    case .capture(_, let inner), .atomic(let inner): return text(inner)
    case .sequence(let nodes): return nodes.map { text($0) }.joined()
    case .alternation(let nodes):
      return "(?:" + nodes.map { text($0) }.joined(separator: "|") + ")"
    case .repeated(let inner, let count):
      // A hit may end anywhere within the match, so at the end the least is enough.
      let most = isLast ? count.least : count.most
      if isLast, count.least == 0 { return "" }
      if case .set(let set) = inner {
        if !set.others { return bytes(set) + bounds(count.least, most) }
        // Characters of one to four bytes, each byte of them in the set.
        return bytes(set) + (isLast ? bounds(count.least, count.least) : bounds(count.least, nil))
      }
      // Of what has no width nothing is left to repeat.
      let turn = text(inner)
      if turn.isEmpty { return "" }
      return "(?:" + turn + ")" + bounds(count.least, most > 24 ? nil : most)
    }
  }

  private static func bounds(_ least: Int, _ most: Int?) -> String {
    guard let most else { return "{\(least),}" }
    return least == most ? (least == 1 ? "" : "{\(least)}") : "{\(least),\(most)}"
  }

  private static func literal(_ scalar: Unicode.Scalar, caseless: Bool) -> String {
    guard scalar.isASCII else {
      if caseless {
        // Its other cases may be of other lengths, and K and S have kin beyond ASCII.
        return scalar == "\u{212A}" || scalar == "\u{17F}"
          ? "[kKsS\\x80-\\xff]{1,4}" : "[\\x80-\\xff]{1,4}"
      }
      return String(scalar).utf8.map(hex).joined()
    }
    let byte = UInt8(scalar.value)
    guard caseless, (65...90).contains(byte & 0xDF) else { return hex(byte) }
    let pair = "[" + hex(byte | 0x20) + hex(byte & 0xDF) + "]"
    switch byte | 0x20 {
    case UInt8(ascii: "k"): return "(?:\(pair)|\\xe2\\x84\\xaa)"
    case UInt8(ascii: "s"): return "(?:\(pair)|\\xc5\\xbf)"
    default: return pair
    }
  }

  private static func bytes(_ set: CharacterSet) -> String {
    var text = "["
    var value = 0
    while value < 128 {
      guard set.may >> UInt128(value) & 1 == 1 else {
        value += 1
        continue
      }
      let low = value
      while value < 127, set.may >> UInt128(value + 1) & 1 == 1 { value += 1 }
      text += hex(UInt8(low)) + (value > low ? "-" + hex(UInt8(value)) : "")
      value += 1
    }
    if set.others { text += "\\x80-\\xff" }
    // An empty class is a class that nothing matches; a byte that no UTF-8 holds says the same.
    return text == "[" ? "\\xff" : text + "]"
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var text = "\\x"
    text.unicodeScalars.append(digits[Int(byte >> 4)])
    text.unicodeScalars.append(digits[Int(byte & 15)])
    return text
  }
}
