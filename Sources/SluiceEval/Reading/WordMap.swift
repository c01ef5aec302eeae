import SluiceCore

/// A JSON object of lists of words: which packs belong to a category, which words name a group.
package struct WordMap: Sendable, Hashable {
  package let entries: [String: [String]]

  package static let empty = WordMap(entries: [:])

  package init(entries: [String: [String]]) { self.entries = entries }

  /// Reads `{"category": ["pack", …], …}`; keys that begin with `_` are remarks.
  package init(path: String) throws(EvalError) {
    var entries: [String: [String]] = [:]
    for member in try JSONFile.object(path) where !member.key.hasPrefix("_") {
      guard case .array(let values) = member.value else {
        throw EvalError(.file, "'\(member.key)' takes a list of words", path: path)
      }
      for value in values {
        guard case .string(let word) = value else {
          throw EvalError(.file, "'\(member.key)' takes a list of words", path: path)
        }
        entries[member.key, default: []].append(word)
      }
    }
    self.entries = entries
  }

  /// The packs of a category: its own, else those of the area before the last `/`; nil where the map
  /// does not name it, or names none.
  package func packs(of category: String) -> [String]? {
    var name = category[...]
    while true {
      if let packs = entries[String(name)] { return packs.isEmpty ? nil : packs }
      guard let slash = name.lastIndex(of: "/") else { return nil }
      name = name[..<slash]
    }
  }
}
