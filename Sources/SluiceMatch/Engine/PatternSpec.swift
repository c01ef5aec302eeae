import SluiceCore
import SluiceRules

/// One expression as a rule wrote it, with its definitions inserted.
package struct PatternSpec: Sendable, Hashable {
  package var source: String
  package var freeSpacing: Bool
  package var caseSensitive: Bool
  package var views: ViewSet
  package var capture: Pattern.Capture

  package init(
    source: String, freeSpacing: Bool, caseSensitive: Bool, views: ViewSet = .all,
    capture: Pattern.Capture = .number(0)
  ) {
    self.source = source
    self.freeSpacing = freeSpacing
    self.caseSensitive = caseSensitive
    self.views = views
    self.capture = capture
  }
}
