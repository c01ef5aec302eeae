import SluiceCore

/// Makes the records of decisions and of the other events, so that every room writes the same
/// members in the same order.
package enum RecordBuilder {
  /// The record of a decision, made before the item is moved.
  /// - Parameters:
  ///   - destination: the directory it is to go to: `passed`, `annotated`, `quarantine`, `held`.
  ///   - placedName: the path it is to have below that directory.
  package static func decision(
    facts: ItemFacts, decision: Decision, destination: String, placedName: [UInt8],
    masking: Masking = .masked
  ) -> LogRecord {
    var members = identity(of: facts)
    members += [
      JSON.Member("verdict", .string(decision.verdict.rawValue)),
      JSON.Member("destination", .string(destination)),
      text(placedName, key: "destination_name"),
      JSON.Member(
        "scores",
        .object(
          decision.scores.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) })),
      JSON.Member("findings", .array(findings(decision.findings, masking: masking))),
      JSON.Member("examined", .string(decision.examined.rawValue)),
      JSON.Member("decoders", .array(decision.decoders.map(JSON.string))),
      JSON.Member("examined_bytes", .int(decision.examinedBytes)),
      JSON.Member("segments", .int(decision.segments)),
      JSON.Member("unexamined", .array(decision.unexamined.map(unexamined))),
      JSON.Member("reasons", .array(decision.reasons.map(JSON.string))),
    ]
    if let policy = decision.policy { members.append(JSON.Member("policy", .string(policy))) }
    members.append(JSON.Member("generation", .string(decision.generation)))
    members.append(
      JSON.Member(
        "work",
        .object(
          decision.work.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) })))
    return LogRecord(LogRecord.Event(decision.verdict), members)
  }

  /// Item, batch, position, device, inode, source, name, size, digest, and what the dropped file's
  /// owner, mode and time were.
  package static func identity(of facts: ItemFacts) -> [JSON.Member] {
    [
      JSON.Member("item", .string(facts.claim.id.description)),
      JSON.Member("batch", .string(facts.claim.batch)),
      JSON.Member("position", .int(facts.claim.position)),
      number(facts.device, key: "device"),
      number(facts.inode, key: "inode"),
      JSON.Member("source", .string(facts.claim.source)),
      text(facts.claim.name, key: "name"),
      JSON.Member("size", .int(facts.size)),
      JSON.Member("sha256", .string(facts.sha256.description)),
      JSON.Member("owner", .int(Int(facts.owner))),
      JSON.Member("group", .int(Int(facts.group))),
      JSON.Member("mode", .string(octal(facts.mode))),
      JSON.Member("modified", .int(Int(facts.modified))),
    ]
  }

  /// Bytes of a file's name: `key` where they are UTF-8, else `key` + `_b64`.
  package static func text(_ bytes: [UInt8], key: String) -> JSON.Member {
    if let text = UTF8Decoding.string(bytes) { return JSON.Member(key, .string(text)) }
    return JSON.Member(key + "_b64", .string(Base64.encode(bytes)))
  }

  /// The findings as a record, `scan --json` and a sidecar show them.
  package static func findings(_ findings: [Finding], masking: Masking) -> [JSON] {
    findings.map { finding in
      var members = [
        JSON.Member("rule", .string(finding.rule)), JSON.Member("pack", .string(finding.pack)),
        JSON.Member("version", .string(finding.packVersion)),
        JSON.Member("harm", .string(finding.harm)),
        JSON.Member("severity", .string(finding.severity.rawValue)),
        JSON.Member("score", .int(finding.score)),
        JSON.Member("mode", .string(finding.mode.rawValue)),
      ]
      if let group = finding.group { members.append(JSON.Member("group", .string(group))) }
      if !finding.loweredBy.isEmpty {
        members.append(JSON.Member("lowered_by", .array(finding.loweredBy.map(JSON.string))))
      }
      if let forced = finding.forced {
        members.append(JSON.Member("forced", .string(forced.rawValue)))
      }
      if finding.sealed { members.append(JSON.Member("sealed", .bool(true))) }
      if finding.disarmed { members.append(JSON.Member("disarmed", .bool(true))) }
      // Material that nobody may be shown leaves no excerpt, whatever the setting.
      let masking = finding.sealed ? .none : masking
      members.append(
        JSON.Member("places", .array(finding.places.map { place($0, masking: masking) })))
      return .object(members)
    }
  }

  private static func place(_ place: Place, masking: Masking) -> JSON {
    var members = [
      JSON.Member("pattern", .string(place.pattern)),
      JSON.Member("segment", .string(place.segment)),
      JSON.Member("view", .string(place.view.rawValue)),
    ]
    let numbers = [
      ("line", place.line), ("column", place.column), ("offset", place.offset),
      ("length", place.length),
    ]
    for case (let key, let value?) in numbers { members.append(JSON.Member(key, .int(value))) }
    if let excerpt = masking.apply(place.excerpt) {
      members.append(JSON.Member("excerpt", .string(excerpt)))
    }
    return .object(members)
  }

  /// One gap as a record and `scan --json` show it.
  package static func unexamined(_ gap: Unexamined) -> JSON {
    var members = [
      JSON.Member("segment", .string(gap.segment)),
      JSON.Member("cause", .string(gap.cause.rawValue)),
      JSON.Member("detail", .string(gap.detail)),
    ]
    if let limit = gap.limit { members.append(JSON.Member("limit", .string(limit.rawValue))) }
    if let bytes = gap.bytes { members.append(JSON.Member("bytes", .int(bytes))) }
    if let parts = gap.parts { members.append(JSON.Member("parts", .int(parts))) }
    return .object(members)
  }

  /// JSON numbers above 2^63 are not read back by everyone; such a value is written as text.
  private static func number(_ value: UInt64, key: String) -> JSON.Member {
    JSON.Member(key, Int(exactly: value).map(JSON.int) ?? .string(String(value)))
  }

  private static func octal(_ mode: UInt32) -> String {
    let digits = String(mode & 0o7777, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
