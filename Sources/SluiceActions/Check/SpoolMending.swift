import SluiceCore
import SluiceLog
import SluiceSpool

/// Mends what a check found and the log says how to mend: each with a record that is durable before
/// anything is touched, the rest by the recovery that every start does. What needs a decision is
/// left as it is.
package struct SpoolMending {
  let journal: Journal
  let logDirectory: String
  let actor: Actor
  private var mended = 0

  /// - Parameters:
  ///   - journal: of a spool that this process owns.
  ///   - report: of a check since it does.
  ///   - laidOut: directories of the spool that were not there and were made when it was opened.
  /// - Returns: what recovery did.
  package static func run(
    _ journal: Journal, logDirectory: String, report: SpoolReport, laidOut: [SpoolBreak] = [],
    by actor: Actor, progress: @escaping () -> Void = {}
  ) throws(ActionError) -> RecoveryPlan {
    var mending = SpoolMending(journal: journal, logDirectory: logDirectory, actor: actor)
    if !laidOut.isEmpty {
      journal.settle(
        try journal.record(laidOut.map { mending.record($0, $0.path ?? []) }))
      mending.mended += laidOut.count
    }
    try mending.clear(report)
    let plan = try Recovery.run(journal, logDirectory: logDirectory, progress: progress)
    try mending.annotate(report)
    let found = report.breaks.count + laidOut.count
    if found > 0 {
      journal.settle(
        try journal.record([
          mending.record(
            "check",
            [.init("found", .int(found)), .init("mended", .int(mending.mended))])
        ]))
      try journal.mark.save(step: 1)
    }
    return plan
  }

  private init(journal: Journal, logDirectory: String, actor: Actor) {
    self.journal = journal
    self.logDirectory = logDirectory
    self.actor = actor
  }

  private func record(_ kind: String, _ members: [JSON.Member]) -> LogRecord {
    LogRecord(.recovered, [.init("kind", .string(kind))] + members + [.init("who", actor.json)])
  }

  private func record(_ found: SpoolBreak, _ path: [UInt8]) -> LogRecord {
    record(
      found.kind.rawValue,
      (found.item.map { [.init("item", .string($0.description))] } ?? [])
        + [RecordBuilder.text(path, key: "path")])
  }

  /// Left-over files and folders of Sluice's own, and annotations that belong to no annotated item.
  private mutating func clear(_ report: SpoolReport) throws(ActionError) {
    let kinds: Set<SpoolBreak.Kind> = [.temporary, .emptyFolder, .spareCopy]
    let spare = report.breaks.filter { found in
      found.canMend && found.path != nil
        && (kinds.contains(found.kind) || found.isStrayAnnotation)
    }
    for start in stride(from: 0, to: spare.count, by: Committer.groupLimit) {
      let group = spare[start..<min(spare.count, start + Committer.groupLimit)]
      let recorded = try journal.record(group.map { record($0, $0.path!) })
      for found in group { try remove(found) }
      journal.settle(recorded)
      mended += group.count
    }
    try wrapped { () throws(SpoolError) in try journal.spool.tidyWork() }
    try Folder(descriptor: journal.spool.directories.annotated).sync()
    try journal.state.folder.sync()
  }

  private func remove(_ found: SpoolBreak) throws(ActionError) {
    guard let path = found.path, let slash = path.firstIndex(of: UInt8(ascii: "/")) else { return }
    let below = Array(path[(slash + 1)...])
    try journal.options.reach(.orphan)
    switch (found.kind, String(decoding: path[..<slash], as: UTF8.self)) {
    case (.sidecarAlone, _):
      guard let item = found.item else { return }
      try AnnotationFolder(journal).remove(below, of: item)
    case (.temporary, "state"): try journal.state.folder.remove(below)
    case (.temporary, let place):
      guard let destination = Destination(rawValue: place) else { return }
      try Folder(descriptor: journal.spool.directories[destination]).remove(below)
    // All of `work/` at once, after the records.
    default: break
    }
  }

  /// Annotations that are not there, from the records that decided.
  private mutating func annotate(_ report: SpoolReport) throws(ActionError) {
    let bare = report.breaks.filter { $0.kind == .noAnnotation && $0.item != nil }
    guard !bare.isEmpty else { return }
    let history = try History.read(
      logDirectory, from: 1, items: Set(bare.map { $0.item! }), mark: journal.mark, progress: {})
    for found in bare {
      guard let path = found.path?.dropFirst("annotated/".utf8.count), let item = found.item,
        let told = history.told[item]
      else { continue }
      let recorded = try journal.record([record(found, found.path!)])
      let sidecar = AnnotationSidecar(
        item: item, name: Placer.last(of: Array(path)), record: told.decision.json,
        messages: journal.options.messages, detail: journal.options.detail)
      let beside = AnnotationSidecar.path(beside: Array(path), item: item)
      try wrapped { () throws(SpoolError) in
        try journal.spool.publish(
          sidecar.json.bytes + [10], into: .annotated, at: beside,
          mode: journal.spool.options.outputMode ?? 0o644)
        try journal.spool.syncPlaces()
      }
      journal.settle(recorded)
      mended += 1
    }
  }
}

extension SpoolBreak {
  fileprivate var isStrayAnnotation: Bool {
    kind == .sidecarAlone && path.map { $0.starts(with: "annotated/".utf8) } == true
  }
}
