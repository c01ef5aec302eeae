import SluiceCore
import SluiceLog
import SluiceSpool

/// What happens at a start, before any new item is touched: recorded decisions are carried out after
/// the items were hashed again, intents that were cut off are finished, notes are mended.
///
/// Every step can be cut off and done again; nothing is concluded from what is merely missing.
package enum Recovery {
  /// - Parameters:
  ///   - logDirectory: where `journal.log` writes.
  ///   - generation: named in the records of items that are held now.
  ///   - progress: called now and then, so that a service manager can be told.
  /// - Throws: a fault of the system; to be run again when it has passed.
  package static func run(
    _ journal: Journal, logDirectory: String, generation: String = "",
    progress: @escaping () -> Void = {}
  ) throws(ActionError) -> RecoveryPlan {
    var plan = RecoveryPlan()
    plan.oneAtATime = !(try journal.stopMarker.take())
    let claims = try unfinished(journal)
    let ids = Set(claims.map(\.id))
    var unexplained = ids
    let kept = KeptFolders(journal: journal)
    for destination in KeptFolders.all {
      let contents = try kept.contents(of: destination)
      unexplained.formUnion(contents.files.subtracting(contents.sidecars))
    }
    let history = try History.read(
      logDirectory, from: journal.mark.saved + 1, items: unexplained, mark: journal.mark,
      progress: progress)

    var work = RecoveryWork(
      journal: journal, generation: generation, history: history, plan: plan, progress: progress)
    try work.finishDecided(claims)
    try work.holdPoisonous(claims)
    try work.finishIntents()
    try work.mendSidecars(kept, logDirectory: logDirectory)
    try work.conclude()
    return work.plan
  }

  private static func unfinished(_ journal: Journal) throws(ActionError) -> [Claim] {
    var claims: [Claim] = []
    do throws(SpoolError) {
      var iterator = journal.spool.unfinishedClaims()
      while let claim = try iterator.next() { claims.append(claim) }
    } catch {
      throw ActionError(spool: error)
    }
    return claims.sorted { $0.id < $1.id }
  }
}
