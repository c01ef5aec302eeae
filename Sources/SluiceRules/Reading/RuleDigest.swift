import SluiceCore

import struct Crypto.SHA256

/// The digest of what a rule does: patterns with their definitions and lists, condition, score and
/// the like. Title, reasoning, references and tests do not change what it does and are left out.
enum RuleDigest {
  static func of(_ rule: Rule, exceptions: [Exception]) -> Digest {
    var hash = SHA256()
    func add(_ text: String) {
      let bytes = Array(text.utf8)
      hash.update(data: withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { Array($0) })
      hash.update(data: bytes)
    }
    add("sluice rule 1")
    add(rule.id)
    add("\(rule.severity.rawValue) \(rule.score) \(rule.mode.rawValue) \(rule.scope.rawValue)")
    add("\(rule.action?.rawValue ?? "-") \(rule.sealed) \(rule.group ?? "-")")
    add(rule.profiles.joined(separator: " "))
    add(rule.condition.canonical)
    for pattern in rule.patterns { add(describe(pattern)) }
    for exception in exceptions where rule.except.contains(exception.id) {
      add("except \(exception.id)")
      for pattern in exception.patterns { add(describe(pattern)) }
    }
    return Digest(bytes: Array(hash.finalize()))!
  }

  private static func describe(_ pattern: Pattern) -> String {
    let kind =
      switch pattern.kind {
      case .expression(let text, let freeSpacing): "expression \(freeSpacing) \(text.text)"
      case .words(let list): "words \(list.digest)"
      case .digests(let list): "digests \(list.digest)"
      }
    let validator = pattern.validator.map { "\($0.name) \($0.argument ?? 0)" } ?? "-"
    return [
      pattern.name, "\(pattern.caseSensitive)", "\(pattern.views.rawValue)", validator,
      pattern.capture.canonical, kind,
    ].joined(separator: "\0")
  }
}

extension Pattern.Capture {
  fileprivate var canonical: String {
    switch self {
    case .number(let number): "#\(number)"
    case .name(let name): name
    }
  }
}

extension Condition {
  /// The same text for the same condition, whatever compiled this.
  fileprivate var canonical: String {
    switch self {
    case .pattern(let index): "p\(index)"
    case .and(let parts): "and(\(parts.map(\.canonical).joined(separator: ",")))"
    case .or(let parts): "or(\(parts.map(\.canonical).joined(separator: ",")))"
    case .not(let inner): "not(\(inner.canonical))"
    case .atLeast(let count, let of):
      "\(count)of(\(of.map { String($0) }.joined(separator: ",")))"
    case .count(let index, let comparison, let number):
      "count(\(index))\(comparison.rawValue)\(number)"
    case .near(let first, let second, let distance): "near(\(first),\(second),\(distance))"
    case .before(let first, let second, let distance): "before(\(first),\(second),\(distance))"
    case .within(let index, let part): "in(\(index),\(part.rawValue))"
    case .signal(let name): "signal(\(name))"
    }
  }
}
