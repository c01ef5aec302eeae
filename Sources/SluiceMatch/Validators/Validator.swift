/// Turns a match into a fact: a check digit, a checksum or a shape that text does not have by
/// chance.
struct Validator: Sendable {
  /// What a pattern names, as `entropy` in `validator: entropy(3.5)`.
  let name: String
  /// The values its argument may have; nil where it takes none.
  let argument: ClosedRange<Double>?
  /// Whether the captured bytes are what the pattern took them for. The argument is 0 where the
  /// validator takes none.
  let accepts: @Sendable (UnsafeRawBufferPointer, Double) -> Bool

  init(
    _ name: String, argument: ClosedRange<Double>? = nil,
    accepts: @escaping @Sendable (UnsafeRawBufferPointer, Double) -> Bool
  ) {
    self.name = name
    self.argument = argument
    self.accepts = accepts
  }
}
