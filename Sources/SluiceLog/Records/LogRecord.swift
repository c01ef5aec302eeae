import SluiceCore

/// What is to be recorded: an event and its own members. The writer adds `seq`, `time` and `prev`.
package struct LogRecord: Sendable, Hashable {
  package var event: Event
  /// In the order they are written; the keys `seq`, `time`, `event` and `prev` are the writer's.
  package var members: [JSON.Member]

  package init(_ event: Event, _ members: [JSON.Member] = []) {
    self.event = event
    self.members = members
  }

  /// What happened. Every one in use stands in `EventCatalog` and in docs/log.md.
  package struct Event: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    // The log itself.
    package static let logCreated = Event(rawValue: "log.created")
    package static let logRestarted = Event(rawValue: "log.restarted")
    package static let logRemoved = Event(rawValue: "log.removed")
    package static let logKey = Event(rawValue: "log.key")
    package static let recovered = Event(rawValue: "recovered")
    package static let checkpointFailed = Event(rawValue: "checkpoint.failed")
    // The daemon.
    package static let started = Event(rawValue: "started")
    package static let stopped = Event(rawValue: "stopped")
    package static let paused = Event(rawValue: "paused")
    package static let resumed = Event(rawValue: "resumed")
    package static let alarm = Event(rawValue: "alarm")
    package static let unclaimable = Event(rawValue: "unclaimable")
    // Rules.
    package static let rulesLoaded = Event(rawValue: "rules.loaded")
    package static let rulesRejected = Event(rawValue: "rules.rejected")
    package static let ruleDisarmed = Event(rawValue: "rule.disarmed")
    package static let ruleArmed = Event(rawValue: "rule.armed")
    // Decisions.
    package static let itemPassed = Event(rawValue: "item.passed")
    package static let itemAnnotated = Event(rawValue: "item.annotated")
    package static let itemQuarantined = Event(rawValue: "item.quarantined")
    package static let itemHeld = Event(rawValue: "item.held")
    // What became of an item after its decision.
    package static let itemPlaced = Event(rawValue: "item.placed")
    package static let itemVanished = Event(rawValue: "item.vanished")
    package static let itemViewed = Event(rawValue: "item.viewed")
    package static let itemRequested = Event(rawValue: "item.requested")
    package static let itemReleased = Event(rawValue: "item.released")
    package static let itemConfirmed = Event(rawValue: "item.confirmed")
    package static let itemDeleted = Event(rawValue: "item.deleted")
    package static let itemRescanned = Event(rawValue: "item.rescanned")
    package static let itemEvidence = Event(rawValue: "item.evidence")
    package static let intentFailed = Event(rawValue: "intent.failed")
    package static let allowanceRevoked = Event(rawValue: "allowance.revoked")

    /// The decision events, by verdict.
    package init(_ verdict: Verdict) {
      switch verdict {
      case .pass: self = .itemPassed
      case .annotate: self = .itemAnnotated
      case .quarantine: self = .itemQuarantined
      case .hold: self = .itemHeld
      }
    }

    /// Whether this is one of the four decisions about an item.
    package var isDecision: Bool {
      self == .itemPassed || self == .itemAnnotated || self == .itemQuarantined || self == .itemHeld
    }
  }
}
