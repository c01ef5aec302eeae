import SluiceCore
import SluiceRules

/// What a config file says, with everything that is wrong with it.
package struct ConfigReading: Sendable {
  /// The defaults where the file says nothing or something wrong.
  package var config: Config
  package var diagnostics: [Diagnostic]
  /// The keys that the file sets, with their values and places.
  package var settings: [String: ConfigSetting]
  /// The `policies:` as written, for the check against the packs.
  package var policies: YAMLValue?

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// A key that a config file sets.
package struct ConfigSetting: Sendable {
  package var value: ConfigValue
  package var span: SourceSpan
}

/// Reads sluice.yaml: each key against `ConfigTable`, every mistake in one run.
package enum ConfigReader {
  /// Reads the file at `path`; one that cannot be read is a diagnostic too.
  package static func read(path: String) -> ConfigReading {
    do {
      return read(try StateFile.read(path, limit: 4 << 20), path: path)
    } catch {
      let diagnostic = Diagnostic(
        path: path, code: DiagnosticCode.cannotRead.rawValue, error.description)
      return ConfigReading(config: Config(), diagnostics: [diagnostic], settings: [:])
    }
  }

  /// Reads `bytes` as if they stood in the file at `path`.
  package static func read(_ bytes: [UInt8], path: String) -> ConfigReading {
    let bag = DiagnosticBag()
    var walk = ConfigWalk(bag: bag)
    if let root = YAMLReader.read(SourceText(path: path, bytes: bytes), into: bag), !root.isNull {
      walk.group(root, prefix: "")
    }
    return ConfigReading(
      config: walk.config, diagnostics: bag.sorted, settings: walk.settings,
      policies: walk.policies)
  }
}

/// One pass over the file's mappings.
private struct ConfigWalk {
  let bag: DiagnosticBag
  var config = Config()
  var settings: [String: ConfigSetting] = [:]
  var policies: YAMLValue?

  init(bag: DiagnosticBag) { self.bag = bag }

  mutating func group(_ value: YAMLValue, prefix: String) {
    guard case .mapping(let entries) = value.content else {
      if value.isNull, !prefix.isEmpty { return }
      let what = prefix.isEmpty ? "the config" : "'\(prefix.dropLast())'"
      return bag.error(
        .wrongType, at: value.span, "\(what) must be a mapping of keys, but is \(value.kind)")
    }
    for entry in entries {
      let name = prefix + entry.key.text
      if let key = ConfigTable.key(name) {
        read(entry.value, of: key, named: entry.key.span)
      } else if ConfigTable.keys.contains(where: { $0.name.hasPrefix(name + ".") }) {
        group(entry.value, prefix: name + ".")
      } else {
        unknown(entry.key, prefix: prefix)
      }
    }
  }

  private func unknown(_ key: TracedText, prefix: String) {
    let known = ConfigTable.keys.map(\.name).filter { $0.hasPrefix(prefix) }.map {
      String($0.dropFirst(prefix.count).prefix { $0 != "." })
    }
    var seen: Set<String> = []
    let here = known.filter { seen.insert($0).inserted }
    var hint = Suggestion.nearest(key.text, in: here).map { "did you mean '\($0)'?" }
    // A key of another group, or with the group before it: say where it stands.
    let elsewhere = ConfigTable.keys.map(\.name).first {
      $0 == key.text || $0.hasSuffix("." + key.text)
    }
    if hint == nil, let elsewhere { hint = Self.place(elsewhere) }
    if hint == nil { hint = "known here: \(here.joined(separator: ", "))" }
    bag.error(.unknownKey, at: key.span, "unknown key '\(prefix + key.text)'", hint: hint)
  }

  private static func place(_ name: String) -> String {
    let parts = name.split(separator: ".")
    return parts.count == 2
      ? "it stands as '\(parts[1])' in '\(parts[0])'" : "it stands as '\(name)' at the top"
  }

  private mutating func read(_ value: YAMLValue, of key: ConfigKey, named span: SourceSpan) {
    if value.isNull {
      return bag.error(
        .emptyValue, at: span, "'\(key.name)' has no value; expected \(key.kind.description)",
        hint: "the default is \(key.standard)")
    }
    guard let read = parsed(value, of: key) else { return }
    key.store(&config, read)
    settings[key.name] = ConfigSetting(value: read, span: span)
    if case .policies = key.kind { policies = value }
  }

  private func parsed(_ value: YAMLValue, of key: ConfigKey) -> ConfigValue? {
    switch key.kind {
    case .paths: return list(value, of: key).flatMap { paths($0) }
    case .command: return list(value, of: key).flatMap { command($0) }
    case .languages: return list(value, of: key).flatMap { languages($0) }
    case .messages: return messages(value, of: key)
    case .policies: return .policies(PolicyReader.read(value, into: bag))
    default: break
    }
    guard let text = value.text else { return mismatch(value, key) }
    switch key.kind.parse(text.text) {
    case .success(let read): return read
    case .failure(let fault):
      bag.add(
        text.span.diagnostic(code: fault.code, "\(key.name): \(fault.message)", hint: fault.hint))
      return nil
    }
  }

  private func mismatch(_ value: YAMLValue, _ key: ConfigKey) -> ConfigValue? {
    bag.error(
      .wrongType, at: value.span,
      "'\(key.name)' must be \(key.kind.description), but is \(value.kind)")
    return nil
  }

  private func list(_ value: YAMLValue, of key: ConfigKey) -> [TracedText]? {
    guard case .sequence(let values) = value.content else {
      _ = mismatch(value, key)
      return nil
    }
    var texts: [TracedText] = []
    for element in values {
      guard let text = element.text, !element.isNull else {
        bag.error(.wrongType, at: element.span, "expected a text, but this is \(element.kind)")
        return nil
      }
      texts.append(text)
    }
    return texts
  }

  private func paths(_ texts: [TracedText]) -> ConfigValue? {
    var valid = true
    for text in texts {
      if case .failure(let fault) = ConfigKind.path(text.text) {
        bag.add(text.span.diagnostic(code: fault.code, fault.message))
        valid = false
      }
    }
    return valid ? .list(texts.map(\.text)) : nil
  }

  private func command(_ texts: [TracedText]) -> ConfigValue? {
    if let program = texts.first, case .failure(let fault) = ConfigKind.path(program.text) {
      bag.add(program.span.diagnostic(code: fault.code, fault.message))
      return nil
    }
    for text in texts where text.text.utf8.contains(0) {
      bag.error(.badValue, at: text.span, "an argument cannot hold a NUL")
      return nil
    }
    return .list(texts.map(\.text))
  }

  private func languages(_ texts: [TracedText]) -> ConfigValue? {
    texts.reduce(true) { isTag($1) && $0 } ? .list(texts.map(\.text)) : nil
  }

  private func isTag(_ text: TracedText) -> Bool {
    if isLanguageTag(text.text) { return true }
    bag.error(
      .badValue, at: text.span, "'\(text.text)' is no language tag",
      hint: "as in en, de or pt-BR")
    return false
  }

  private func messages(_ value: YAMLValue, of key: ConfigKey) -> ConfigValue? {
    guard case .sequence(let values) = value.content else { return mismatch(value, key) }
    return .messages(values.compactMap(message))
  }

  private func message(_ value: YAMLValue) -> Config.Message? {
    guard case .mapping(let entries) = value.content else {
      bag.error(.wrongType, at: value.span, "a message must be a mapping, but is \(value.kind)")
      return nil
    }
    let known = ["harm", "language", "country", "text", "help"]
    var found: [String: TracedText] = [:]
    for entry in entries {
      guard known.contains(entry.key.text) else {
        bag.error(
          .unknownKey, at: entry.key.span, "unknown key '\(entry.key.text)' in a message",
          hint: Suggestion.hint(entry.key.text, in: known))
        continue
      }
      guard let text = entry.value.text, !entry.value.isNull else {
        bag.error(
          .wrongType, at: entry.value.span, "expected a text, but this is \(entry.value.kind)")
        continue
      }
      found[entry.key.text] = text
    }
    for name in ["language", "text"] where value[name] == nil {
      bag.error(.missingKey, at: value.span, "a message needs the key '\(name)'")
    }
    guard let language = found["language"], let text = found["text"], isTag(language) else {
      return nil
    }
    if let country = found["country"], country.text.utf8.count != 2 {
      bag.error(
        .badValue, at: country.span, "'\(country.text)' is no country of two letters",
        hint: "as in DE, GB or BR")
    }
    return Config.Message(
      harm: found["harm"]?.text, language: language.text, country: found["country"]?.text,
      text: text.text, help: found["help"]?.text)
  }

  /// The shape of RFC 5646: a language, then subtags of one to eight letters and digits.
  private func isLanguageTag(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      (1...8).contains(part.utf8.count)
        && part.utf8.allSatisfy {
          (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
    }
    return isPlain && (2...3).contains(parts[0].utf8.count)
  }
}
