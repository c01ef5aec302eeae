import SluiceCore

/// Where compiled programs are kept between runs. What `read` gives is taken for what `write` was
/// given under the same key: whoever provides it has made sure that nobody else could write there
/// and that nothing is torn. Losing it costs time only.
package struct CompiledForms: Sendable {
  /// Names the program, its libraries and the CPU: no form is used under another one.
  package var engine: [UInt8]
  package var read: @Sendable (_ key: Digest) -> [UInt8]?
  package var write: @Sendable (_ key: Digest, _ form: [UInt8]) -> Void
  /// Told of a form that was read and could not be used, in words for a person.
  package var refused: @Sendable (_ why: String) -> Void

  package init(
    engine: [UInt8], read: @escaping @Sendable (Digest) -> [UInt8]?,
    write: @escaping @Sendable (Digest, [UInt8]) -> Void,
    refused: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.engine = engine
    self.read = read
    self.write = write
    self.refused = refused
  }
}
