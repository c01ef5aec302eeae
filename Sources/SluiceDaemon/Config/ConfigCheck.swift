import Glibc
import SluiceCore

/// `sluiced --check-config`: all that is wrong with the settings and the rules they name.
package enum ConfigCheck {
  /// Writes what is wrong to standard error.
  /// - Returns: the exit status: 0 nothing wrong, 1 errors.
  package static func run(_ source: ConfigSource) -> Int32 {
    let reading = source.read()
    var diagnostics = reading.diagnostics
    var options = RuleLoader.Options()
    options.policies = reading.policies
    let loading = RuleLoader.load(
      paths: reading.config.rulePaths, config: reading.config, options: options, clock: .system)
    diagnostics += loading.diagnostics
    for diagnostic in diagnostics { tell(diagnostic.rendered) }
    let errors = diagnostics.count { $0.severity == .error }
    if errors == 0 {
      print("\(source.path ?? "the command line"): no errors")
    } else {
      tell("\(errors) \(errors == 1 ? "error" : "errors")")
    }
    return errors == 0 ? 0 : 1
  }

  private static func tell(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
