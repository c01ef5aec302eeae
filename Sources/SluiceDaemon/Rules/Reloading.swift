import SluiceCore
import SluiceLog

extension Parts {
  /// One reload, with its notices to the service manager, the journal and the workers.
  func reload() -> RuleStore.Outcome {
    service.reloading()
    defer { service.ready(status: StatusReport(self).line) }
    let outcome: RuleStore.Outcome
    do throws(LogError) {
      outcome = try store.load()
    } catch {
      outcome = RuleStore.Outcome(
        accepted: false, generation: store.current.name,
        diagnostics: [Diagnostic(path: config.logPath, code: error.code.rawValue, error.message)],
        change: LiveRules.Change())
    }
    counters.reloaded(accepted: outcome.accepted)
    if outcome.accepted {
      let generation = store.current
      queue.changed(to: generation.number)
      let change = outcome.change
      logger.notice(
        "rules reloaded: \(change.added.count) added, \(change.changed.count) changed, \(change.removed.count) removed; generation \(generation.name.prefix(12))"
      )
    } else {
      logger.error("the new rules were refused; the old ones go on")
    }
    for diagnostic in outcome.diagnostics.prefix(50) {
      let level = diagnostic.severity == .error ? "error" : "warning"
      if level == "error" {
        logger.error("\(diagnostic.rendered)")
      } else {
        logger.warning("\(diagnostic.rendered)")
      }
    }
    return outcome
  }
}
