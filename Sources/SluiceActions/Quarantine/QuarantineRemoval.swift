import SluiceCore
import SluiceLog
import SluiceSpool

/// Release, deletion and retention.
extension Quarantine {
  /// What became of one item of a request.
  package struct Removal: Sendable {
    package var item: ItemID
    package var outcome: Outcome
    /// After a release for `false-positive`: an override and a test text to take over.
    package var suggestion: Suggestion?

    package enum Outcome: Sendable {
      /// Where it lies now below `passed/`; empty for a deletion.
      case done([UInt8])
      /// Sealed: this was the first request, another person has to make the same one.
      case waiting
      case refused(ActionError)
    }
  }

  /// The reason that says the rules were wrong.
  package static let falsePositive = "false-positive"

  /// Puts items into `passed/` as they were dropped, never over another file.
  /// - Parameters:
  ///   - why: recorded; `false-positive` also gives suggestions for the rules.
  ///   - report: the reference of the report, which sealed items need.
  ///   - allow: whether the same content may come again for the same reasons.
  package func release(
    _ ids: [ItemID], by actor: Actor, why: String, report: String? = nil, allow: Bool = true
  ) throws(ActionError) -> [Removal] {
    try needReason(why)
    return try inTurn { () throws(ActionError) in
      var taken: Set<[UInt8]> = []
      return try removals(ids, by: actor, why: why, report: report, action: "release") {
        (item) throws(ActionError) in
        try verify(item)
        let path = freeName(of: item, &taken)
        var members = Intent.members(item, by: actor, why: why)
        members.append(.init("destination", .string(Destination.passed.rawValue)))
        members.append(RecordBuilder.text(path, key: "destination_name"))
        return LogRecord(.itemReleased, members + allowance(item, allow))
      }
    }
  }

  /// Deletes items for good.
  package func delete(
    _ ids: [ItemID], by actor: Actor, why: String, report: String? = nil
  ) throws(ActionError) -> [Removal] {
    try needReason(why)
    return try inTurn { () throws(ActionError) in
      try removals(ids, by: actor, why: why, report: report, action: "delete") { item in
        LogRecord(.itemDeleted, Intent.members(item, by: actor, why: why))
      }
    }
  }

  /// Deletes what entered before `time`; never evidence, never sealed items.
  /// - Parameter limit: items at most, so that others get their turn.
  /// - Returns: how many are gone.
  package func expire(
    enteredBefore time: Timestamp, by actor: Actor, limit: Int = 256
  ) throws(ActionError) -> Int {
    try inTurn { () throws(ActionError) in
      let expired = try list().items.filter {
        $0.entered < time && $0.review.evidence == nil && !$0.isSealed
      }.prefix(limit)
      try all(
        expired.map { LogRecord(.itemDeleted, Intent.members($0, by: actor, why: "retention")) })
      return expired.count
    }
  }

  private func removals(
    _ ids: [ItemID], by actor: Actor, why: String, report: String?, action: String,
    _ record: (KeptItem) throws(ActionError) -> LogRecord
  ) throws(ActionError) -> [Removal] {
    var removals: [ItemID: Removal] = [:]
    for start in stride(from: 0, to: ids.count, by: Committer.groupLimit) {
      var records: [LogRecord] = []
      for id in ids[start..<min(ids.count, start + Committer.groupLimit)] where removals[id] == nil
      {
        do throws(ActionError) {
          let item = try item(id)
          guard item.review.evidence == nil else {
            throw ActionError(.evidence, "\(id) is held as evidence: free it first")
          }
          if item.isSealed, !(try hasTwoPeople(item, actor, report, action)) {
            records.append(request(item, actor, why, report ?? "", action))
            removals[id] = Removal(item: id, outcome: .waiting)
            continue
          }
          var made = try record(item)
          if item.isSealed, let report {
            let first = item.review.requests.last { $0.action == action && $0.report == report }
            made.members.append(.init("report", .string(report)))
            if let first { made.members.append(.init("first", first.by.json)) }
          }
          records.append(made)
          removals[id] = Removal(
            item: id, outcome: .done([]),
            suggestion: action == "release" && why == Self.falsePositive
              ? try suggestion(for: item, by: actor) : nil)
        } catch {
          if error.code == .stopped { throw error }
          removals[id] = Removal(item: id, outcome: .refused(error))
        }
      }
      guard !records.isEmpty else { continue }
      for carried in try carryOut(records) {
        guard let id = carried.intent.item else { continue }
        if let error = carried.error {
          removals[id]?.outcome = .refused(error)
        } else if let path = carried.path {
          removals[id]?.outcome = .done(path)
        }
      }
    }
    return ids.compactMap { removals[$0] }
  }

  // MARK: Sealed items

  private func hasTwoPeople(
    _ item: KeptItem, _ actor: Actor, _ report: String?, _ action: String
  ) throws(ActionError) -> Bool {
    guard let report, report.contains(where: { !$0.isWhitespace }) else {
      throw ActionError(
        .sealed, "\(item.item) is sealed: this takes two people and the reference of a report")
    }
    let same = item.review.requests.filter { $0.action == action && $0.report == report }
    if same.contains(where: { $0.by.uid != actor.uid }) { return true }
    guard same.isEmpty else {
      throw ActionError(
        .secondPerson, "\(item.item) is sealed: another person has to ask for the same")
    }
    return false
  }

  private func request(
    _ item: KeptItem, _ actor: Actor, _ why: String, _ report: String, _ action: String
  ) -> LogRecord {
    LogRecord(
      .itemRequested,
      Intent.members(item, by: actor, why: why) + [
        .init("action", .string(action)), .init("report", .string(report)),
      ])
  }

  // MARK: Parts of a record

  /// The rules and causes that shall not count again for this content.
  func allowance(_ item: KeptItem, _ allow: Bool) -> [JSON.Member] {
    guard allow, !item.isSealed, item.sha256 != .none else { return [] }
    let rules = item.rules.sorted() + item.causes.sorted()
    guard !rules.isEmpty else { return [] }
    return [.init("allow", .array(rules.map(JSON.string)))]
  }

  /// A name in `passed/` that is free now.
  private func freeName(of item: KeptItem, _ taken: inout Set<[UInt8]>) -> [UInt8] {
    let folder = Folder(descriptor: journal.spool.directories.passed)
    var attempt = 0
    while let path = journal.spool.name(of: item.claim, in: .passed, attempt: attempt) {
      attempt += 1
      if taken.contains(path) { continue }
      // What cannot be looked at is found out by the move, with a record before the next name.
      let isFree: Bool
      do throws(ActionError) { isFree = try folder.facts(path) == nil } catch { isFree = true }
      if isFree {
        taken.insert(path)
        return path
      }
    }
    return item.fileName
  }
}
