/// Anchors and aliases. An alias repeats a value that ended before it, so that no value can hold
/// itself, and each repetition counts against the limit of nodes.
extension YAMLParser {
  /// The name behind `&` or `*`, which the reading stands at.
  mutating func name(of what: String) throws(YAMLFault) -> String {
    let start = offset
    offset += 1
    while !isSpace(at: offset), !Self.isFlowIndicator(current) { offset += 1 }
    guard offset > start + 1 else {
      throw YAMLFault(
        .yamlAlias, at: start, "\(what) needs a name",
        hint: "a text that begins with '\(Character(Unicode.Scalar(bytes[start])))' must be quoted")
    }
    return String(decoding: bytes[start + 1..<offset], as: UTF8.self)
  }

  mutating func alias() throws(YAMLFault) -> YAMLValue {
    let start = offset
    let name = try name(of: "an alias")
    guard let anchor = anchors[name] else {
      throw YAMLFault(
        .yamlAlias, at: start, "no value above has the anchor '&\(name)'",
        hint: Suggestion.nearest(name, in: anchors.keys.sorted()).map { "did you mean '*\($0)'?" }
          ?? "a text that begins with '*' must be quoted")
    }
    depth += anchor.depth
    defer { depth -= anchor.depth }
    try checkDepth(at: start)
    try count(anchor.nodes, at: start)
    return anchor.value
  }

  /// Keeps a value under its anchor, if it has one.
  mutating func remember(
    _ value: YAMLValue, _ anchor: (name: String, offset: Int)?, _ nodesBefore: Int
  ) -> YAMLValue {
    if let anchor {
      anchors[anchor.name] = Anchor(
        value: value, nodes: nodes - nodesBefore, depth: Self.depth(of: value))
    }
    return value
  }

  private static func depth(of value: YAMLValue) -> Int {
    switch value.content {
    case .scalar: 0
    case .sequence(let items): 1 + (items.map(depth).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map { depth(of: $0.value) }.max() ?? 0)
    }
  }
}
