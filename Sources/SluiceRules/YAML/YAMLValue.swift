/// A YAML node with its place in the file.
package struct YAMLValue: Sendable {
  package var content: Content
  /// Where the node begins.
  package var span: SourceSpan

  package enum Content: Sendable {
    case scalar(TracedText, ScalarStyle)
    case sequence([YAMLValue])
    /// In the order of the file; every key once.
    case mapping([YAMLEntry])
  }

  package enum ScalarStyle: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  package init(_ content: Content, span: SourceSpan) {
    self.content = content
    self.span = span
  }

  /// The scalar's text, a null's empty one included; nil for a list or mapping.
  package var text: TracedText? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// A plain scalar that is empty, `~` or `null`.
  package var isNull: Bool {
    guard case .scalar(let text, .plain) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text.text)
  }

  /// Written as a block scalar (`|` or `>`).
  package var isBlock: Bool {
    guard case .scalar(_, let style) = content else { return false }
    return style == .literal || style == .folded
  }

  /// What it is, for messages: `a text`, `a list`, `a mapping`, `nothing`.
  package var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The value of a mapping's key; nil if there is none or this is no mapping.
  package subscript(key: String) -> YAMLValue? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.text == key }?.value
  }
}

/// One `key: value` of a mapping.
package struct YAMLEntry: Sendable {
  package var key: TracedText
  package var value: YAMLValue

  package init(key: TracedText, value: YAMLValue) {
    self.key = key
    self.value = value
  }
}
