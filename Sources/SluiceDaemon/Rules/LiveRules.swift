import SluiceCore

/// The rules that were live last, kept over restarts: what an update is compared with.
package struct LiveRules: Sendable, Hashable {
  /// The digest of the set's files; nil before the first set.
  package var generation: String?
  /// Version by pack id.
  package var versions: [String: String] = [:]
  /// Digest by rule id.
  package var rules: [String: String] = [:]

  package init() {}

  /// What a new set brings, against this one.
  package struct Change: Sendable, Hashable {
    package var added: [String] = []
    package var removed: [String] = []
    package var changed: [String] = []
  }

  package func change(to next: LiveRules) -> Change {
    var change = Change()
    for (id, digest) in next.rules {
      if let old = rules[id] {
        if old != digest { change.changed.append(id) }
      } else {
        change.added.append(id)
      }
    }
    change.removed = rules.keys.filter { next.rules[$0] == nil }
    change.added.sort()
    change.changed.sort()
    change.removed.sort()
    return change
  }

  package var json: JSON {
    func object(_ map: [String: String]) -> JSON {
      .object(map.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) })
    }
    return .object([
      .init("format", .int(1)), .init("generation", generation.map(JSON.string) ?? .null),
      .init("versions", object(versions)), .init("rules", object(rules)),
    ])
  }

  package init?(json: JSON) {
    guard json["format"] == .int(1) else { return nil }
    generation = json["generation"]?.text
    func map(_ value: JSON?) -> [String: String]? {
      guard case .object(let members)? = value else { return nil }
      var map: [String: String] = [:]
      for member in members {
        guard let text = member.value.text else { return nil }
        map[member.key] = text
      }
      return map
    }
    guard let versions = map(json["versions"]), let rules = map(json["rules"]) else { return nil }
    self.versions = versions
    self.rules = rules
  }
}
