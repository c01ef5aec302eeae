/// How patterns are compiled.
package struct EngineOptions: Sendable, Hashable {
  /// The widest accepted pattern in characters, what it looks at before and behind included.
  package var maxWidth: Int
  /// The most elements that a pattern may unroll to.
  package var maxPrice: Int
  /// Compile to machine code where the system permits it.
  package var useJIT: Bool
  /// Let Vectorscan find candidates; without it every pattern is searched for everywhere, which is
  /// what tests compare with.
  package var usePrefilter: Bool
  /// Bytes that the compiled expressions of one program may come to.
  package var memory: Int

  package init(
    maxWidth: Int = 2048, maxPrice: Int = 50_000, useJIT: Bool = true, usePrefilter: Bool = true,
    memory: Int = 2 << 30
  ) {
    self.maxWidth = maxWidth
    self.maxPrice = maxPrice
    self.useJIT = useJIT
    self.usePrefilter = usePrefilter
    self.memory = memory
  }
}
