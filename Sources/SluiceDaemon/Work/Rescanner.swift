import SluiceActions
import SluiceCore
import SluiceExtract
import SluiceMatch
import SluiceRules
import SluiceSpool

/// Judges a kept item anew under the rules that are live.
package struct Rescanner {
  private let parts: Parts
  private let generation: Generation
  private let judge: ItemJudge

  package init(parts: Parts) {
    self.parts = parts
    generation = parts.store.current
    judge = ItemJudge(
      matcher: generation.matcher, limits: parts.config.extractLimits, parsers: parts.config.parsers
    )
  }

  /// - Returns: where the item lies now.
  package func rescan(_ id: ItemID, by actor: Actor, why: String) throws(ActionError)
    -> PlacedName
  {
    let export = try parts.quarantine.beginRescan(id)
    let item = export.item
    let context = ItemContext(
      name: item.name, source: item.source, policy: generation.policy(for: item.source),
      disarmed: parts.guardian.disarmed, now: parts.clock.now())
    let judgement: ItemJudge.Judgement
    do throws(ReadFailure) {
      judgement = try judge.judge(
        export.file.descriptor, context: context,
        allowances: { parts.journal.allowances.rules(for: $0) })
    } catch {
      throw ActionError(.system, error.message, errno: error.errno)
    }
    return try parts.quarantine.finishRescan(
      id, judgement.decision, sha256: judgement.digests.sha256, by: actor, why: why)
  }
}
