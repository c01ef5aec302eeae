import SluiceCore

/// What recovery did, and what it leaves to the daemon.
package struct RecoveryPlan: Sendable, Hashable {
  /// Claims without a decision, to be examined (again). Those that were in hand at a crash
  /// come last, else in order of their ids.
  package var undecided: [Claim] = []
  /// The last stop was no orderly one: examine them one at a time, each between `CrashTries.begin`
  /// and `end`.
  package var oneAtATime = false
  /// Recorded decisions that were carried out now.
  package var completed = 0
  /// Of these, items that were not what their record says, and are held.
  package var changed: [ItemID] = []
  /// Items that were in hand at three crashes, and are held.
  package var poisoned: [ItemID] = []
  /// Intents that were looked at again.
  package var intents = 0
  /// Intents that cannot be carried out; each has a record.
  package var failedIntents = 0
  /// Sidecars without a file that were removed, files without one that got theirs again.
  package var mendedSidecars = 0
  /// Items that can be moved nowhere.
  package var stuck: [ItemID] = []

  /// Whether there was anything to do that the log should tell of.
  var isWorthRecording: Bool {
    completed + poisoned.count + failedIntents + mendedSidecars + stuck.count > 0
  }

  var json: [JSON.Member] {
    [
      .init("kind", .string("restart")), .init("clean", .bool(!oneAtATime)),
      .init("undecided", .int(undecided.count)), .init("completed", .int(completed)),
      .init("changed", .array(changed.map { .string($0.description) })),
      .init("poisoned", .array(poisoned.map { .string($0.description) })),
      .init("failed_intents", .int(failedIntents)),
      .init("mended_sidecars", .int(mendedSidecars)),
      .init("stuck", .array(stuck.map { .string($0.description) })),
    ]
  }
}
