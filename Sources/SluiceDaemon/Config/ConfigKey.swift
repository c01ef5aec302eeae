import SluiceCore
import SluiceRules

/// One setting: its name in sluice.yaml, what it takes, its default, and what it means. The parser,
/// the reference and the example file are all made from these.
package struct ConfigKey: Sendable {
  /// With a dot between a group and a key: `limits.writer_wait`.
  package var name: String
  package var kind: ConfigKind
  /// As it would be written in the file.
  package var standard: String
  /// True where a change takes a restart; a reload that finds one refuses it by name.
  package var needsRestart: Bool
  /// One or two plain sentences.
  package var help: String
  package var store: @Sendable (inout Config, ConfigValue) -> Void

  init(
    _ name: String, _ kind: ConfigKind, _ standard: String, restart: Bool = false, _ help: String,
    store: @escaping @Sendable (inout Config, ConfigValue) -> Void
  ) {
    self.name = name
    self.kind = kind
    self.standard = standard
    needsRestart = restart
    self.help = help
    self.store = store
  }
}

/// A value of the kind that its key takes.
package enum ConfigValue: Sendable, Hashable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case span(Nanoseconds)
  case list([String])
  case messages([Config.Message])
  case policies([Policy])
  /// `never` or `none`.
  case absent

  var text: String { if case .text(let value) = self { value } else { "" } }
  var number: Int { if case .number(let value) = self { value } else { 0 } }
  var flag: Bool { if case .flag(let value) = self { value } else { false } }
  var list: [String] { if case .list(let value) = self { value } else { [] } }
  var messages: [Config.Message] {
    if case .messages(let value) = self { value } else { [] }
  }
  var policies: [Policy] { if case .policies(let value) = self { value } else { [] } }
  var span: Nanoseconds? { if case .span(let value) = self { value } else { nil } }
}
