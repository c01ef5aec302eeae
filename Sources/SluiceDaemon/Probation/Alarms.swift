import SluiceCore
import SluiceLog

extension Parts {
  /// Records what the probation guard noticed and shows it.
  func raise(_ alarms: [ProbationAlarm]) {
    for alarm in alarms {
      let (event, members, kind, message) = Self.describe(alarm)
      counters.alarm(Counters.Alarm(time: clock.now(), kind: kind, message: message))
      logger.critical("ALARM: \(message)")
      do {
        try recorder.record([LogRecord(event, members)])
      } catch {
        faults.report(.commit, "the log takes no record: \(error)")
      }
    }
  }

  private static func describe(_ alarm: ProbationAlarm)
    -> (LogRecord.Event, [JSON.Member], String, String)
  {
    switch alarm {
    case .disarmed(let entry):
      let members: [JSON.Member] = [
        .init("rule", .string(entry.rule)), .init("pack", .string(entry.pack)),
        .init("rule_digest", .string(entry.digest)), .init("items", .int(entry.items)),
        .init("hits", .int(entry.hits)),
        .init("hit_items", .array(entry.hitItems.prefix(1000).map { .string($0.description) })),
      ]
      return (
        .ruleDisarmed, members, "disarmed",
        "\(entry.rule) is on probation and alone would quarantine \(entry.hits) of \(entry.items) items: it is disarmed, and what only it stops is held"
      )
    case .flood(let rule, let items, let hits):
      let members: [JSON.Member] = [
        .init("kind", .string("flood")), .init("rule", .string(rule)), .init("items", .int(items)),
        .init("hits", .int(hits)),
      ]
      return (
        .alarm, members, "flood",
        "\(rule) alone quarantined \(hits) of the last \(items) items; it keeps acting, since that may be an attack"
      )
    }
  }
}
