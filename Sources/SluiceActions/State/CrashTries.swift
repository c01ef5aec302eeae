import SluiceCore

/// How often an item was in hand, alone, when the process ended: durable before each try.
package final class CrashTries: Sendable {
  /// What was in hand at this many crashes is held.
  package static let limit = 3

  private let state: StateFolder
  private let counts: Monitor<[ItemID: Int]>
  private static let name = "tries"

  init(state: StateFolder) throws(ActionError) {
    self.state = state
    var counts: [ItemID: Int] = [:]
    for member in try state.read(Self.name)?.members ?? [] {
      if let id = ItemID(member.key), let count = member.value.integer { counts[id] = count }
    }
    self.counts = Monitor(counts)
  }

  /// Crashes with this item in hand so far.
  package func count(of id: ItemID) -> Int { counts.withLock { $0[id] ?? 0 } }

  /// To be called before an item that is examined alone is touched. Durable when it returns.
  package func begin(_ id: ItemID) throws(ActionError) {
    try save { $0[id, default: 0] += 1 }
  }

  /// The item was decided, or given back undecided at an orderly stop: its crashes no longer count.
  package func end(_ id: ItemID) throws(ActionError) {
    try save { $0[id] = nil }
  }

  /// Forgets items that are no longer in `work/`.
  func keep(only ids: Set<ItemID>) throws(ActionError) {
    guard counts.withLock({ $0.keys.contains { !ids.contains($0) } }) else { return }
    try save { counts in counts = counts.filter { ids.contains($0.key) } }
  }

  private func save(_ change: (inout [ItemID: Int]) -> Void) throws(ActionError) {
    try counts.withLock { (counts) throws(ActionError) in
      change(&counts)
      let members = counts.sorted { $0.key < $1.key }.map {
        JSON.Member($0.key.description, .int($0.value))
      }
      try state.write(Self.name, .object(members))
    }
  }
}
