import Glibc
import SluiceCore

/// What the command line of a daemon says of its settings.
package struct DaemonArguments: Sendable {
  package static let standardConfig = "/etc/sluice/sluice.yaml"

  package var config: String?
  package var spool: String?
  package var rules: [String]
  package var log: String?
  package var state: String?
  package var socket: String?
  package var workers: Int?

  package init(
    config: String? = nil, spool: String? = nil, rules: [String] = [], log: String? = nil,
    state: String? = nil, socket: String? = nil, workers: Int? = nil
  ) {
    self.config = config
    self.spool = spool
    self.rules = rules
    self.log = log
    self.state = state
    self.socket = socket
    self.workers = workers
  }

  package struct Fault: Error, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// - Throws: `Fault` where the arguments do not fit together.
  package func source() throws(Fault) -> ConfigSource {
    let isWhole = config == nil && spool != nil
    if isWhole, rules.isEmpty || log == nil {
      throw Fault(description: "without --config, --spool needs --rules and --log with it")
    }
    var values: [String: ConfigValue] = [:]
    let log = log.map(Self.absolute)
    var state = state.map(Self.absolute)
    var socket = socket
    if isWhole, let log {
      // All that such a daemon keeps lies in the directories it was given.
      state = state ?? log + "/state"
      socket = socket ?? state! + "/control.sock"
    }
    if let spool { values["spool.path"] = .text(Self.absolute(spool)) }
    if !rules.isEmpty { values["rules.paths"] = .list(rules.map(Self.absolute)) }
    if let log { values["log.path"] = .text(log) }
    if let state { values["state.path"] = .text(state) }
    if let socket {
      values["control.socket"] = .text(socket == "none" ? "" : Self.absolute(socket))
    }
    if let workers {
      guard (0...1024).contains(workers) else {
        throw Fault(description: "--workers is not between 0 and 1024")
      }
      values["workers"] = .number(workers)
    }
    return ConfigSource(path: isWhole ? nil : config ?? Self.standardConfig, overrides: values)
  }

  private static func absolute(_ path: String) -> String {
    var whole = path
    if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
      whole = String(cString: here) + "/" + path
      free(here)
    }
    while whole.utf8.count > 1, whole.hasSuffix("/") { whole.removeLast() }
    return whole
  }
}
