import SluiceCore
import SluiceRules

/// What a config file says, with everything that is wrong with it.
package struct ConfigReading: Sendable {
  /// The defaults where the file says nothing or something wrong.
  package var config: Config
  package var diagnostics: [Diagnostic]
  /// The keys that the file sets, with their values and places.
  package var settings: [String: (value: ConfigValue, span: SourceSpan)]

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads sluice.yaml: each key against `ConfigTable`, every mistake in one run.
package enum ConfigReader {
  /// Reads the file at `path`; one that cannot be read is a diagnostic too.
  package static func read(path: String) -> ConfigReading {
    fatalError("unfinished")
  }

  /// Reads `bytes` as if they stood in the file at `path`.
  package static func read(_ bytes: [UInt8], path: String) -> ConfigReading {
    fatalError("unfinished")
  }
}
