import SluiceCore

/// `NAME.sluice.json`, the note that lies beside an annotated file. Its keys are a public format.
package struct AnnotationSidecar: Sendable {
  /// How much it tells. Rule ids and excerpts teach a sender the rules, so they are an option.
  package enum Detail: String, Sendable, Hashable, CaseIterable {
    case brief, full
  }

  package static let schema = "sluice.sidecar/1"
  package static let suffix = ".sluice.json"

  package var item: ItemID
  /// The name of the file beside it.
  package var name: [UInt8]
  package var verdict: String
  /// The gravest first.
  package var harms: [String]
  package var message: Message?
  /// As the record has them, excerpts masked; only with `full`.
  package var findings: [JSON]
  package var unexamined: [JSON]
  package var detail: Detail

  /// - Parameter record: the members of the deciding record.
  package init(
    item: ItemID, name: [UInt8], record: JSON, messages: Messages, detail: Detail
  ) {
    self.item = item
    self.name = name
    verdict = record["verdict"]?.text ?? Verdict.annotate.rawValue
    harms = Self.harms(of: record)
    message = messages.best(for: harms)
    findings = record["findings"]?.elements ?? []
    unexamined = record["unexamined"]?.elements ?? []
    self.detail = detail
  }

  /// The harms of a record by their scores, the gravest first.
  static func harms(of record: JSON) -> [String] {
    let scores = record["scores"]?.members ?? []
    return scores.sorted {
      ($1.value.integer ?? 0, $0.key) < ($0.value.integer ?? 0, $1.key)
    }.map(\.key)
  }

  package var json: JSON {
    var members: [JSON.Member] = [
      .init("schema", .string(Self.schema)), .init("verdict", .string(verdict)),
      .init("harms", .array(harms.map(JSON.string))),
      .init("message", message.map { .string($0.text) } ?? .null),
      .init("help", message?.help.map(JSON.string) ?? .null),
      .init("language", message.map { .string($0.language) } ?? .null),
      .init("item", .string(item.description)),
      JSON.name("name", name),
    ]
    if detail == .full {
      members += [
        .init("findings", .array(findings)), .init("unexamined", .array(unexamined)),
      ]
    }
    return .object(members)
  }

  /// The sidecar's name beside a file of this path: the suffix added, or the item's id where that
  /// would pass what a name may have (255 bytes).
  static func path(beside path: [UInt8], item: ItemID) -> [UInt8] {
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let suffix = Array(Self.suffix.utf8)
    guard path.count - start + suffix.count > 255 else { return path + suffix }
    return Array(path[..<start]) + Array(item.description.utf8) + suffix
  }
}
