import SluiceCore

/// Reads one YAML document with the place of every character: the part of YAML 1.2 that packs and
/// configs need. Tags, complex keys and several documents are refused with a diagnostic.
package enum YAMLReader {
  package struct Limits: Sendable, Hashable {
    package var bytes = 4 << 20
    /// Lists and mappings within each other.
    package var depth = 48
    /// Nodes of a file, those that aliases repeat counted each time.
    package var nodes = 200_000

    package init() {}
  }

  /// - Returns: nil for a file with a mistake in its YAML (reported to `bag`) or with nothing in it.
  ///   Keys given twice are reported and the first is kept.
  package static func read(
    _ file: SourceText, limits: Limits = Limits(), into bag: DiagnosticBag
  ) -> YAMLValue? {
    do {
      try YAMLCharacters.check(file, limits: limits)
      var parser = YAMLParser(file, limits: limits)
      let value = try parser.document()
      parser.duplicates.forEach(bag.add)
      return value
    } catch {
      bag.add(error.diagnostic(in: file))
      return nil
    }
  }
}
