/// The syntax tree of an accepted expression.
indirect enum Node: Sendable, Hashable {
  case empty
  case literal(Unicode.Scalar, caseless: Bool)
  /// One character of a set.
  case set(CharacterSet)
  /// `\R`: a line end of one or two characters.
  case lineEnd
  case sequence([Node])
  case alternation([Node])
  /// A capturing group.
  case capture(Int, Node)
  case repeated(Node, Repeat)
  /// A group that is not entered again: `(?>…)`, possessive repeats.
  case atomic(Node)
  /// What has no width.
  case assertion(Assertion)
  /// Look-ahead, or look-behind, for what must or must not be there.
  case look(Node, behind: Bool, negated: Bool)
  case backReference(Int)
}

/// How often something stands.
struct Repeat: Sendable, Hashable {
  var least: Int
  var most: Int
}

/// A test of one place of the text.
enum Assertion: Sendable, Hashable {
  /// `\b`, `\B`.
  case boundary, noBoundary
  /// `^`, `\A`: the text or a line begins.
  case start
  /// `$`, `\z`, `\Z`: the text or a line ends.
  case end
}
