import Glibc
import SluiceActions
import SluiceCore
import SluiceLog
import SluiceSpool

/// Review of what is kept, for callers of the control socket, and for the command line where no
/// daemon runs.
package struct QuarantineRoutes {
  package typealias Rescan = (ItemID, Actor, String) throws(ActionError) -> PlacedName

  private let quarantine: Quarantine
  private let request: ControlRequest
  private let judgeAnew: Rescan

  package init(quarantine: Quarantine, request: ControlRequest, rescan: @escaping Rescan) {
    self.quarantine = quarantine
    self.request = request
    judgeAnew = rescan
  }

  init(parts: Parts, request: ControlRequest) {
    self.init(quarantine: parts.quarantine, request: request) {
      (id, actor, why) throws(ActionError) in
      try Rescanner(parts: parts).rescan(id, by: actor, why: why)
    }
  }

  private var actor: Actor { request.caller.actor }
  private var why: String { request.text("why") ?? "" }

  /// The path's first piece is `quarantine`.
  package func answer() -> ControlResponse {
    let path = request.path.dropFirst()
    switch (request.method, path.count, path.last ?? "") {
    case ("GET", 0, _): return reading(list)
    case ("GET", 1, "next"): return reading(next)
    case ("GET", 1, let id): return reading { () throws(ActionError) in try show(id) }
    case ("POST", 1, "release"): return writing(release)
    case ("POST", 1, "delete"): return writing(delete)
    case ("POST", 1, "confirm"): return writing(confirm)
    case ("POST", 1, "evidence"): return writing(evidence)
    case ("POST", 1, "rescan"): return writing(rescan)
    case ("POST", 2, "reveal"): return writing { () throws(ActionError) in try reveal(path.first!) }
    case ("POST", 2, "export"): return writing { () throws(ActionError) in try export(path.first!) }
    case ("POST", 2, "exported"):
      return writing { () throws(ActionError) in try exported(path.first!) }
    default:
      return .refusal(404, "unknown-path", "nothing of the quarantine lies at this path")
    }
  }

  /// `GET /allowances`, and `POST /allowances/revoke`.
  package func allowances() -> ControlResponse {
    switch (request.method, request.path.count, request.path.last ?? "") {
    case ("GET", 1, _):
      return reading { () throws(ActionError) in
        .json(
          .object([
            .init("allowances", .array(quarantine.journal.allowances.list.map(\.json)))
          ]))
      }
    case ("POST", 2, "revoke"):
      return writing { () throws(ActionError) in
        guard let digest = request.text("sha256").flatMap({ Digest(hex: $0) }) else {
          throw ActionError(.malformed, "'sha256' must be 64 hexadecimal digits")
        }
        try quarantine.revokeAllowance(
          of: digest, rule: request.text("rule"), by: actor, why: why)
        return .json(.object([.init("revoked", .string(digest.description))]))
      }
    default: return .refusal(404, "unknown-path", "nothing of the allowances lies at this path")
    }
  }

  /// Releases all that a disarmed rule alone had stopped and that is still kept.
  func release(hitBy rule: String, entry: ProbationEntry?) -> ControlResponse {
    writing { () throws(ActionError) in
      guard let entry else {
        throw ActionError(.unknownItem, "no rule '\(rule)' is on probation")
      }
      var filter = Quarantine.Filter()
      filter.rule = rule
      let hit = Set(entry.hitItems)
      let kept = try quarantine.list(filter).items.filter {
        hit.contains($0.item) || $0.rules == [rule]
      }
      return Self.removals(try quarantine.release(kept.map(\.item), by: actor, why: why))
    }
  }

  // MARK: Looking

  private func list() throws(ActionError) -> ControlResponse {
    let listing = try quarantine.list(filter())
    return .json(
      .object([
        .init("items", .array(listing.items.map(\.json))),
        .init("damaged", .array(listing.damaged.map { .string($0.description) })),
      ]))
  }

  private func next() throws(ActionError) -> ControlResponse {
    let after = try request.text("after").map { (text) throws(ActionError) in try id(text) }
    let item = try quarantine.next(after: after, filter())
    return .json(.object([.init("item", item.map(\.json) ?? .null)]))
  }

  private func show(_ text: String) throws(ActionError) -> ControlResponse {
    .json(try quarantine.item(id(text)).json)
  }

  private func reveal(_ text: String) throws(ActionError) -> ControlResponse {
    let revealed = try quarantine.reveal(id(text), by: actor, why: why)
    return .json(.object([.init("revealed", .array(revealed.map(Self.json)))]))
  }

  // MARK: Deciding

  private func release() throws(ActionError) -> ControlResponse {
    Self.removals(
      try quarantine.release(
        ids(), by: actor, why: why, report: request.text("report"), allow: allow))
  }

  private func delete() throws(ActionError) -> ControlResponse {
    Self.removals(
      try quarantine.delete(ids(), by: actor, why: why, report: request.text("report")))
  }

  private func confirm() throws(ActionError) -> ControlResponse {
    let ids = try ids()
    try quarantine.confirm(ids, by: actor, why: why)
    return Self.done(ids)
  }

  private func evidence() throws(ActionError) -> ControlResponse {
    let ids = try ids()
    try quarantine.setEvidence(request.body?["kept"] != .bool(false), ids, by: actor, why: why)
    return Self.done(ids)
  }

  private func rescan() throws(ActionError) -> ControlResponse {
    var results: [JSON] = []
    for id in try ids() {
      var members: [JSON.Member] = [.init("item", .string(id.description))]
      do throws(ActionError) {
        let placed = try judgeAnew(id, actor, why)
        members += [
          .init("outcome", .string("done")),
          .init("destination", .string(placed.destination.rawValue)),
          RecordBuilder.text(placed.path, key: "path"),
        ]
      } catch {
        members += Self.refused(error)
      }
      results.append(.object(members))
    }
    return .json(.object([.init("rescans", .array(results))]))
  }

  private func export(_ text: String) throws(ActionError) -> ControlResponse {
    let export = try quarantine.beginExport(id(text), by: actor, why: why)
    let item = export.item
    // The response outlives the export and closes its own descriptor.
    let file = dup(export.file.descriptor)
    guard file >= 0 else {
      throw ActionError(.system, "no descriptor for the export", errno: errno)
    }
    var response = ControlResponse(
      status: 200, body: .file(descriptor: file, size: item.size))
    response.headers = [("Sluice-Sha256", item.sha256.description)]
    return response
  }

  private func exported(_ text: String) throws(ActionError) -> ControlResponse {
    let id = try id(text)
    let suggestion = try quarantine.finishExport(
      id, by: actor, why: why, to: Array((request.text("path") ?? "").utf8), allow: allow)
    return .json(
      .object([
        .init("item", .string(id.description)),
        .init("suggestion", suggestion.map(Self.json) ?? .null),
      ]))
  }

  // MARK: Pieces

  private var allow: Bool { request.body?["allow"] != .bool(false) }

  private func id(_ text: String) throws(ActionError) -> ItemID {
    guard let id = ItemID(text) else {
      throw ActionError(.unknownItem, "'\(text)' is no item's id")
    }
    return id
  }

  private func ids() throws(ActionError) -> [ItemID] {
    guard case .array(let values)? = request.body?["items"], !values.isEmpty else {
      throw ActionError(.malformed, "the body must hold 'items', a list of ids")
    }
    var ids: [ItemID] = []
    for value in values {
      guard case .string(let text) = value else {
        throw ActionError(.malformed, "the body must hold 'items', a list of ids")
      }
      ids.append(try id(text))
    }
    return ids
  }

  private func filter() throws(ActionError) -> Quarantine.Filter {
    var filter = Quarantine.Filter()
    if let name = request.text("destination") {
      guard let destination = Destination(rawValue: name), destination.isClosed else {
        throw ActionError(.malformed, "'destination' must be quarantine or held")
      }
      filter.destination = destination
    }
    filter.source = request.text("source")
    filter.harm = request.text("harm")
    filter.rule = request.text("rule")
    filter.onlyRule = request.text("only_rule")
    filter.unreviewed = request.flag("unreviewed")
    return filter
  }

  private func reading(_ body: () throws(ActionError) -> ControlResponse) -> ControlResponse {
    guard request.caller.mayRead else { return ControlRoutes.forbidden(request) }
    return answer(body)
  }

  private func writing(_ body: () throws(ActionError) -> ControlResponse) -> ControlResponse {
    guard request.caller.mayWrite else { return ControlRoutes.forbidden(request) }
    return answer(body)
  }

  private func answer(_ body: () throws(ActionError) -> ControlResponse) -> ControlResponse {
    do throws(ActionError) {
      return try body()
    } catch {
      let status =
        switch error.code {
        case .unknownItem: 404
        case .malformed, .reasonNeeded: 400
        case .evidence, .sealed, .secondPerson, .changed: 409
        case .stopped: 503
        case .system, .log, .spool: 500
        }
      return .refusal(status, error.code.rawValue, error.message)
    }
  }

  private static func done(_ ids: [ItemID]) -> ControlResponse {
    .json(.object([.init("items", .array(ids.map { .string($0.description) }))]))
  }

  private static func removals(_ removals: [Quarantine.Removal]) -> ControlResponse {
    .json(
      .object([
        .init(
          "removals",
          .array(
            removals.map { removal in
              var members: [JSON.Member] = [.init("item", .string(removal.item.description))]
              switch removal.outcome {
              case .done(let path):
                members.append(.init("outcome", .string("done")))
                if !path.isEmpty { members.append(RecordBuilder.text(path, key: "path")) }
              case .waiting: members.append(.init("outcome", .string("waiting")))
              case .refused(let error): members += refused(error)
              }
              if let suggestion = removal.suggestion {
                members.append(.init("suggestion", json(suggestion)))
              }
              return .object(members)
            }))
      ]))
  }

  private static func refused(_ error: ActionError) -> [JSON.Member] {
    [
      .init("outcome", .string("refused")), .init("error", .string(error.code.rawValue)),
      .init("message", .string(error.message)),
    ]
  }

  private static func json(_ suggestion: Suggestion) -> JSON {
    .object([
      .init("override", .string(suggestion.override)),
      .init("pass_test", .string(suggestion.passTest)),
    ])
  }

  private static func json(_ revealed: Quarantine.Revealed) -> JSON {
    .object([
      .init("rule", .string(revealed.rule)), .init("pattern", .string(revealed.pattern)),
      .init("segment", .string(revealed.segment)),
      .init("line", revealed.line.map(JSON.int) ?? .null),
      .init("column", revealed.column.map(JSON.int) ?? .null),
      revealed.text.map { RecordBuilder.text($0, key: "text") } ?? .init("text", .null),
    ])
  }
}

extension ControlCaller {
  /// As records name the caller.
  package var actor: Actor { Actor(uid: user, user: name == String(user) ? nil : name) }
}
