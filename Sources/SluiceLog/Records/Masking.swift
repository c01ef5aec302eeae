import SluiceCore

/// How much of a matched text leaves the engine (`privacy.excerpts`).
package enum Masking: String, Sendable, Hashable, CaseIterable {
  /// First and last character, length, and the class of the rest.
  case masked
  /// No excerpt at all.
  case none
  /// The matched text itself.
  case full

  /// The excerpt as it may be recorded or shown; nil where there is to be none.
  ///
  /// Masked: `4…1 (16 characters, digits)`. Below six characters the ends are left out too, since
  /// they would be a good part of the secret.
  package func apply(_ excerpt: String) -> String? {
    switch self {
    case .none: return nil
    case .full: return excerpt
    case .masked:
      let scalars = Array(excerpt.unicodeScalars)
      guard scalars.count >= 6, let first = scalars.first, let last = scalars.last else {
        return "… (\(Self.size(scalars)))"
      }
      var shown = ""
      shown.unicodeScalars.append(first)
      shown += "…"
      shown.unicodeScalars.append(last)
      return shown + " (\(Self.size(scalars)))"
    }
  }

  private static func size(_ scalars: [Unicode.Scalar]) -> String {
    let unit = scalars.count == 1 ? "character" : "characters"
    return scalars.isEmpty ? "empty" : "\(scalars.count) \(unit), \(kinds(scalars))"
  }

  private static func kinds(_ scalars: [Unicode.Scalar]) -> String {
    var found: Set<String> = []
    for scalar in scalars {
      let properties = scalar.properties
      if properties.isAlphabetic {
        found.insert("letters")
      } else if properties.numericType != nil {
        found.insert("digits")
      } else if properties.isWhitespace {
        found.insert("spaces")
      } else {
        found.insert("signs")
      }
    }
    return ["letters", "digits", "spaces", "signs"].filter(found.contains).joined(separator: ", ")
  }
}
