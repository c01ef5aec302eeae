import SluiceCore
import SluiceLog
import SluiceSpool

/// States every place where a spool and its log do not agree. Reads only.
///
/// The directories are read before the log: a record is durable before its file is moved, so that
/// whatever lies in a final place has its record by the time the log is read, also while a daemon
/// works.
package struct SpoolCheck {
  package struct Options: Sendable {
    package var logDirectory: String
    package var verifier: LogVerifier.Options
    /// What was dropped; nil where nobody kept count.
    package var dropped: DroppedList?

    package init(
      logDirectory: String, verifier: LogVerifier.Options = .init(), dropped: DroppedList? = nil
    ) {
      self.logDirectory = logDirectory
      self.verifier = verifier
      self.dropped = dropped
    }
  }

  let survey: SpoolSurvey
  let options: Options
  let progress: () -> Void
  /// By place.
  let things: [SpoolSurvey.Place: [SpoolSurvey.Thing]]
  let claims: [ItemID: Claim]
  let leftovers: [WorkLeftover]
  var log: CheckedLog
  /// Up to here everything recorded was also done; a restart looks at later records only.
  let settled: Int
  var found: [SpoolBreak] = []
  var notes: [String] = []
  /// Where items lie, by their ids.
  var seen: [ItemID: [[UInt8]]] = [:]
  /// Files by content, with a list of what was dropped.
  var contents: [Digest: [[UInt8]]] = [:]

  /// - Parameter ownsSpool: the caller has the spool's lock, so that nothing moves.
  /// - Throws: `spool`, `log` or `system` where something cannot be read.
  package static func run(
    _ path: String, _ options: Options, ownsSpool: Bool = false,
    progress: @escaping () -> Void = {}
  ) throws(ActionError) -> SpoolReport {
    let survey = try wrapped { () throws(SpoolError) in try SpoolSurvey(path) }
    let before = try owner(of: survey, ownsSpool)
    var check = try SpoolCheck(survey, options, progress)
    try check.judge()
    var verifier = options.verifier
    verifier.isLive = !ownsSpool && LogWriter.isOpen(options.logDirectory)
    let verification: VerificationReport
    do throws(LogError) {
      verification = try LogVerifier.verify(options.logDirectory, options: verifier)
    } catch {
      throw ActionError(.log, error.description, errno: error.errno)
    }
    // Also one that came meanwhile.
    var owner = before
    if owner == nil { owner = try Self.owner(of: survey, ownsSpool) }
    var report = SpoolReport(
      spool: survey.path, log: options.logDirectory, isLive: owner != nil || verifier.isLive,
      verification: verification)
    report.owner = owner
    if let fault = verification.fault { check.found.append(SpoolBreak(fault)) }
    check.fill(&report)
    return report
  }

  private init(
    _ survey: SpoolSurvey, _ options: Options, _ progress: @escaping () -> Void
  ) throws(ActionError) {
    self.survey = survey
    self.options = options
    self.progress = progress
    // Before all else: whatever is recorded from now on is later than this.
    settled =
      try wrapped { () throws(SpoolError) in try survey.read("state/settled") }
      .flatMap { try? JSON(parsing: $0) }?["seq"]?.integer ?? -1
    // A file that is moved meanwhile is seen twice rather than not at all.
    var things: [SpoolSurvey.Place: [SpoolSurvey.Thing]] = [:]
    var occupied: Set<CheckedLog.PlaceKey> = []
    let (claims, leftovers) = try wrapped { () throws(SpoolError) in try survey.work() }
    for place in SpoolSurvey.Place.allCases {
      progress()
      let (list, closed) = try wrapped { () throws(SpoolError) in try survey.things(in: place) }
      notes += closed.map {
        "\(place.rawValue)/\(Display.name($0)) is closed to this user: what is in it is not known"
      }
      things[place] = list
      guard let destination = place.destination else { continue }
      for thing in list { occupied.insert(.init(destination: destination, path: thing.path)) }
    }
    self.things = things
    self.claims = Dictionary(claims.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.leftovers = leftovers
    log = try CheckedLog(options.logDirectory, occupied: occupied, progress: progress)
  }

  private mutating func judge() throws(ActionError) {
    found += SpoolBreak.missing(in: survey)
    for destination in Destination.allCases { try judgePlace(destination) }
    try judgeKeptSidecars()
    try judgeAnnotations()
    judgeWork()
    try judgeState()
    judgeItems()
    if let dropped = options.dropped { try judge(dropped) }
  }

  private func fill(_ report: inout SpoolReport) {
    report.add(found)
    report.notes = notes
    report.records = log.records
    report.items = log.items.count
    report.files = Destination.allCases.reduce(0) { sum, destination in
      sum + files(of: destination).count
    }
    report.underWay = (things[.incoming] ?? []).count + claims.count
    report.dropped = options.dropped?.total
  }

  private static func owner(
    of survey: SpoolSurvey, _ ownsSpool: Bool
  ) throws(ActionError) -> Int32? {
    if ownsSpool { return nil }
    return try wrapped { () throws(SpoolError) in try survey.owner() }
  }
}

/// A call of the spool, its error as an action's.
func wrapped<Result>(_ body: () throws(SpoolError) -> Result) throws(ActionError) -> Result {
  do throws(SpoolError) { return try body() } catch { throw ActionError(spool: error) }
}
