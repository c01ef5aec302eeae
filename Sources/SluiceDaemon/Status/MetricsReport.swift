import SluiceCore

/// What `GET /metrics` answers.
package struct MetricsReport {
  let parts: Parts

  package init(_ parts: Parts) { self.parts = parts }

  package var text: String {
    var metrics = Metrics()
    let values = parts.counters.values
    let intake = parts.intake.status
    let counts = parts.queue.counts
    let now = parts.clock.now()
    metrics.add(
      "sluice", .info, "The version that runs.", [([("version", SluiceVersion.text)], 1)])
    metrics.add(
      "sluice_start_time_seconds", .gauge, unit: "seconds", "When the daemon started.",
      value: Double(parts.started.microseconds) / 1e6)
    metrics.add(
      "sluice_items", .counter, "Items that were recorded and moved, by verdict.",
      Verdict.allCases.map {
        ([("verdict", $0.rawValue)], Double(values.verdicts[$0] ?? 0))
      })
    metrics.add(
      "sluice_harm_items", .counter, "Judged items in which a harm scored.",
      values.harms.sorted { $0.key < $1.key }.map { ([("harm", $0.key)], Double($0.value)) })
    metrics.add(
      "sluice_unexamined", .counter, "Parts that were not examined, by cause.",
      Unexamined.Cause.allCases.map {
        ([("cause", $0.rawValue)], Double(values.unexamined[$0] ?? 0))
      })
    metrics.add(
      "sluice_examined_bytes", .counter, unit: "bytes", "Bytes read of items.",
      value: Double(values.bytes))
    metrics.add(
      "sluice_examine_seconds", .counter, unit: "seconds", "Time that workers spent on items.",
      value: Double(values.examining) / 1e9)
    metrics.add(
      "sluice_queue_items", .gauge, "Items on their way, by where they wait.",
      [
        ([("stage", "incoming")], Double(intake.queued)),
        ([("stage", "claimed")], Double(counts.ready)),
        ([("stage", "writing")], Double(counts.later + intake.waitingForWriters)),
        ([("stage", "examining")], Double(counts.examining)),
      ])
    let age = intake.oldest.map { max(0, Double(now.microseconds - $0.microseconds) / 1e6) }
    metrics.add(
      "sluice_oldest_seconds", .gauge, unit: "seconds",
      "Age of the longest waiting file in incoming/.", value: age ?? 0)
    metrics.add(
      "sluice_unclaimable_files", .gauge, "Files in incoming/ that cannot be claimed.",
      value: Double(intake.unclaimableCount))
    metrics.add(
      "sluice_kept_bytes", .gauge, unit: "bytes", "Bytes in quarantine/ and held/.",
      value: Double(parts.spool.keptBytes))
    metrics.add(
      "sluice_paused", .gauge, "1 while work stands still for a fault of the system or for room.",
      value: parts.gate.pause == nil && intake.paused == nil ? 0 : 1)
    metrics.add(
      "sluice_faults", .counter, "Faults of the system.", value: Double(values.faults))
    metrics.add("sluice_alarms", .counter, "Alarms raised.", value: Double(values.alarmCount))
    metrics.add(
      "sluice_reloads", .counter, "Reloads of the rules, by outcome.",
      [
        ([("outcome", "accepted")], Double(values.reloadsAccepted)),
        ([("outcome", "refused")], Double(values.reloadsRefused)),
      ])
    metrics.add(
      "sluice_rules_refused", .gauge, "1 while the set on disk is refused and an older one runs.",
      value: parts.store.refusal == nil ? 0 : 1)
    let entries = parts.guardian.entries
    metrics.add(
      "sluice_rules_on_probation", .gauge, "Rules on probation, and disarmed ones.",
      [
        ([("state", "armed")], Double(entries.count { $0.disarmed == nil })),
        ([("state", "disarmed")], Double(entries.count { $0.disarmed != nil })),
      ])
    metrics.add(
      "sluice_log_records", .counter, "The number of the last durable record.",
      value: Double(parts.recorder.log.durableSeq))
    metrics.add("sluice_workers", .gauge, "Workers.", value: Double(parts.workers))
    metrics.add(
      "process_resident_memory_bytes", .gauge, unit: "bytes", "Resident memory.",
      value: Double(Machine.residentBytes))
    return metrics.text
  }
}
