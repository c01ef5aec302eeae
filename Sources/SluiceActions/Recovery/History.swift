import SluiceCore
import SluiceLog

/// What the log says, since the settled mark, of the items that lie unfinished in the spool.
struct History {
  struct Told {
    var decision: DecisionRecord
    /// The paths it was to have, the latest last.
    var paths: [[UInt8]]
  }

  var told: [ItemID: Told] = [:]
  var intents: [Intent] = []

  /// - Parameters:
  ///   - items: whose decisions are kept in memory; others are finished.
  ///   - seq: the first record that can be of use.
  static func read(
    _ directory: String, from seq: Int, items: Set<ItemID>, mark: SettledMark,
    progress: () -> Void
  ) throws(ActionError) -> History {
    var history = History()
    var failed: Set<Int> = []
    var count = 0
    do throws(LogError) {
      let reader = try LogReader(directory, from: max(1, seq))
      while let entry = try reader.next() {
        count += 1
        if count % 4096 == 0 { progress() }
        mark.reached(entry.seq)
        if entry.event.isDecision, let item = entry.item, items.contains(item),
          let decision = entry.decision
        {
          history.told[item] = Told(
            decision: decision, paths: decision.destinationName.map { [$0] } ?? [])
        } else if entry.event == .itemPlaced, let item = entry.item,
          let path = entry.json.name("destination_name")
        {
          history.told[item]?.paths.append(path)
        } else if entry.event == .intentFailed, let intent = entry.json["intent"]?.integer {
          failed.insert(intent)
        } else if let time = entry.time,
          let intent = Intent(event: entry.event, seq: entry.seq, time: time, json: entry.json)
        {
          history.intents.append(intent)
        }
      }
    } catch {
      throw ActionError(log: error)
    }
    history.intents.removeAll { failed.contains($0.seq) }
    return history
  }
}
