import SluiceCore

@testable import SluiceLog

enum Samples {
  static let digest = Digest(bytes: [UInt8](repeating: 0xAB, count: 32))!

  static var decisions: [LogRecord] {
    let claim = Claim(
      id: ItemID("01ARZ3NDEKTSV4RRFFQ69G5FAV")!, batch: "b1", position: 3, source: "mail",
      name: Array("a \"b\"\n/ü.txt".utf8))
    var facts = ItemFacts(
      claim: claim, device: 7, inode: .max, size: 12, sha256: digest, owner: 1000, group: 100,
      mode: 0o100640, modified: 1_700_000_000_123_456_789)
    let place = Place(
      pattern: "card", segment: "a > b", view: .text, line: 1, column: 2, offset: 1, length: 16,
      excerpt: "4111111111111111")
    let finding = Finding(
      rule: "fraud.card", pack: "fraud", packVersion: "1.0.0", harm: "fraud", severity: .high,
      score: 70, group: "g", loweredBy: ["warning"], places: [place])
    let caught = Decision(
      verdict: .quarantine, scores: ["fraud": 90], findings: [finding], decoders: ["utf-8"],
      examinedBytes: 12, segments: 1,
      unexamined: [Unexamined(segment: "a", cause: .limit, detail: "too long")],
      generation: "g1", reasons: ["fraud 90 ≥ 80"], work: ["scanned": 12])
    let first = RecordBuilder.decision(
      facts: facts, decision: caught, destination: "quarantine", placedName: Array("01AR".utf8))
    facts.claim.name = [0x61, 0xFF]
    let second = RecordBuilder.decision(
      facts: facts, decision: Decision(verdict: .pass, policy: "mail", generation: "g1"),
      destination: "passed", placedName: [0x61, 0xFF])
    return [first, second]
  }

  /// The part of JSON Schema that docs/log.schema.json uses for types, enums, items, properties.
  static func fits(_ value: JSON, _ schema: JSON) -> Bool {
    if case .array(let allowed)? = schema["enum"], !allowed.contains(value) { return false }
    var types: [String] = []
    if case .array(let several)? = schema["type"] { types = several.compactMap(\.text) }
    if let one = schema["type"]?.text { types = [one] }
    if !types.isEmpty, !types.contains(name(value)) { return false }
    if case .array(let items) = value, let each = schema["items"] {
      return items.allSatisfy { fits($0, each) }
    }
    if case .object(let members) = value, let properties = schema["properties"] {
      if case .array(let needed)? = schema["required"],
        !needed.allSatisfy({ key in members.contains { $0.key == key.text } })
      {
        return false
      }
      return members.allSatisfy { member in
        properties[member.key].map { fits(member.value, $0) } ?? false
      }
    }
    return true
  }

  private static func name(_ value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .int: "integer"
    case .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
