/// One reading of a segment. Caselessness belongs to the pattern, so no view changes case.
package enum View: String, Sendable, Hashable, CaseIterable {
  /// The segment decoded to UTF-8.
  case text
  /// NFKC, invisibles dropped, look-alikes mapped.
  case folded
  /// Spaced-out, leet and stretched letters undone.
  case joined
}

/// A set of views, as a pattern lists them.
package struct ViewSet: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let text = ViewSet(rawValue: 1)
  package static let folded = ViewSet(rawValue: 2)
  package static let joined = ViewSet(rawValue: 4)
  package static let all: ViewSet = [.text, .folded, .joined]

  package init(_ view: View) {
    switch view {
    case .text: self = .text
    case .folded: self = .folded
    case .joined: self = .joined
    }
  }
}
