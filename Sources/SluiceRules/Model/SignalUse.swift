/// A signal as a condition names it. Which signals there are is the engine's to say.
package struct SignalUse: Sendable {
  package var name: String
  package var span: SourceSpan

  package init(name: String, span: SourceSpan) {
    self.name = name
    self.span = span
  }
}
