import SluiceCore
import SluiceTestSupport

@testable import SluiceRules

/// A small valid pack, and reading it.
enum Sample {
  static let now = Timestamp("2026-06-01T00:00:00Z")!

  static func manifest(_ id: String = "sample", version: String = "1.0.0", more: String = "")
    -> String
  {
    """
    id: \(id)
    version: \(version)
    title: A pack for tests
    covers: [what tests need]
    does_not_cover: [everything else]
    licence: Apache-2.0
    \(more)
    protected:
    \((1...20).map { "  - Protected text number \($0)." }.joined(separator: "\n"))

    """
  }

  static func rule(_ id: String = "sample.theme.rule", more: String = "") -> String {
    """
      - id: \(id)
        title: A rule
        why: Because it is a test.
        severity: high
        patterns:
          a: 'alpha'
        tests:
          match: [one alpha, two alpha]
          pass: [one, two]
        \(more)

    """
  }

  static func rules(_ rules: String...) -> String { "rules:\n" + rules.joined() }

  static func options() -> PackReader.Options { PackReader.Options(now: now) }

  static func read(_ directory: TemporaryDirectory, _ options: PackReader.Options = options())
    -> Reading
  {
    PackReader.read([directory.path], options: options)
  }
}

extension Reading {
  var codes: [String] { diagnostics.map(\.code) }
  var rendered: [String] { diagnostics.map(\.rendered) }
}
