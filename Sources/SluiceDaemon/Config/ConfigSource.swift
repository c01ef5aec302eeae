import SluiceCore

/// Where a daemon's settings come from: a file, if any, and what the command line sets over it. Read
/// anew at every reload.
package struct ConfigSource: Sendable {
  /// Nil where the command line says everything.
  package var path: String?
  /// Values by key, which outrank the file's.
  package var overrides: [String: ConfigValue]

  package init(path: String?, overrides: [String: ConfigValue] = [:]) {
    self.path = path
    self.overrides = overrides
  }

  package func read() -> ConfigReading {
    var reading =
      path.map { ConfigReader.read(path: $0) }
      ?? ConfigReading(config: Config(), diagnostics: [], settings: [:])
    for (name, value) in overrides { ConfigTable.key(name)!.store(&reading.config, value) }
    return reading
  }

  /// One error for each key that takes a restart and differs between the two readings.
  package func changesThatNeedRestart(from old: ConfigReading, to new: ConfigReading)
    -> [Diagnostic]
  {
    ConfigTable.keys.compactMap { key in
      guard key.needsRestart, overrides[key.name] == nil,
        value(of: key, in: old) != value(of: key, in: new)
      else { return nil }
      let message = "a change of '\(key.name)' takes a restart"
      let hint = "systemctl restart sluiced, or set it back"
      if let setting = new.settings[key.name] {
        return setting.span.diagnostic(code: "needs-restart", message, hint: hint)
      }
      return Diagnostic(path: path ?? "", code: "needs-restart", message, hint: hint)
    }
  }

  private func value(of key: ConfigKey, in reading: ConfigReading) -> ConfigValue? {
    reading.settings[key.name]?.value ?? (try? key.kind.parse(default: key.standard).get())
  }
}
