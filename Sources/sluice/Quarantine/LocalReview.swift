import Glibc
import SluiceActions
import SluiceCore
import SluiceDaemon
import SluiceExtract
import SluiceLog
import SluiceMatch
import SluiceSpool

/// The spool, owned by this command for as long as it runs: what a daemon would answer, answered
/// here.
final class LocalReview {
  private let config: Config
  private let rules: [String]
  private let quarantine: Quarantine
  private let spool: LocalSpool
  /// The last stop was an orderly one, and still is after this command.
  private let wasClean: Bool

  /// - Parameter changes: whether something is to be done: what was cut off is finished before.
  init(config: Config, rules: [String], changes: Bool) throws {
    self.config = config
    self.rules = rules
    do {
      let spool = try LocalSpool(config)
      self.spool = spool
      quarantine = Quarantine(journal: spool.journal)
      wasClean =
        changes
        ? try !Recovery.run(spool.journal, logDirectory: config.logPath).oneAtATime : false
    } catch let error as SpoolError {
      throw Failure(error.message)
    } catch let error as LogError {
      throw Failure(error.description)
    } catch let error as ActionError {
      throw Failure(error.message)
    }
  }

  func answer(
    _ method: ControlClient.Method, _ path: [String], query: [(String, String)], body: JSON?
  ) -> ControlResponse {
    let actor = LocalSpool.actor
    let request = ControlRequest(
      method: method.rawValue, path: path,
      query: Dictionary(query, uniquingKeysWith: { first, _ in first }), body: body,
      caller: ControlCaller(
        user: actor.uid, pid: getpid(), name: actor.user ?? String(actor.uid), mayRead: true,
        mayWrite: true))
    let routes = QuarantineRoutes(quarantine: quarantine, request: request) {
      [self] (id, actor, why) throws(ActionError) in try rescan(id, actor, why)
    }
    return path.first == "allowances" ? routes.allowances() : routes.answer()
  }

  func close() throws {
    do {
      try spool.close(cleanly: wasClean)
    } catch {
      throw Failure("\(error)")
    }
  }

  private func rescan(_ id: ItemID, _ actor: Actor, _ why: String) throws(ActionError) -> PlacedName
  {
    var options = RuleOptions()
    options.rules = rules
    let matcher: Matcher
    do { matcher = try options.load(config) } catch {
      throw ActionError(.system, "the rules cannot be used: \(error)")
    }
    let export = try quarantine.beginRescan(id)
    let item = export.item
    let judgement: ItemJudge.Judgement
    do throws(ReadFailure) {
      judgement = try ItemJudge(
        matcher: matcher, limits: config.extractLimits, parsers: config.parsers
      ).judge(
        export.file.descriptor,
        context: ItemContext(
          name: item.name, source: item.source, policy: config.policy(for: item.source),
          disarmed: [], now: Clock.system.now()),
        allowances: { self.quarantine.journal.allowances.rules(for: $0) })
    } catch {
      throw ActionError(.system, error.message, errno: error.errno)
    }
    return try quarantine.finishRescan(
      id, judgement.decision, sha256: judgement.digests.sha256, by: actor, why: why)
  }
}
