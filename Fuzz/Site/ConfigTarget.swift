import SluiceCore
import SluiceDaemon
import SluiceRules

/// The daemon's settings.
struct ConfigTarget: FuzzTarget {
  func run(_ input: [UInt8]) {
    let reading = ConfigReader.read(input, path: "sluice.yaml")
    for diagnostic in reading.diagnostics {
      for scalar in diagnostic.rendered.unicodeScalars
      where scalar != "\n" && Display.needsEscape(scalar) {
        fatalError("a diagnostic shows U+\(String(scalar.value, radix: 16)) raw")
      }
    }
    // What a daemon asks its settings for has to be there whatever they are.
    let config = reading.config
    _ = config.policy(of: "default")
    _ = (config.extractLimits, config.parsers)
    _ = DaemonStart.actions(config)
  }
}

extension Config {
  fileprivate func policy(of source: String) -> Bool {
    policies.contains { $0.applies(to: source) }
  }
}
