import SluiceCore
import SluiceLog

/// What the log says that each rule did.
struct RuleHistory {
  struct Entry {
    /// Items in which it was found, by the item's verdict; in shadow, it was found and nothing more.
    var found = 0
    var annotated = 0
    var quarantined = 0
    var held = 0
    var shadow = 0
    /// Items in which nothing else added points.
    var alone = 0
    /// Of the items in which it was found: let go by a reviewer, confirmed, deleted.
    var released = 0
    var confirmed = 0
    /// Work on the items in which it was found, in the units of the log.
    var units = 0
    var first: Timestamp?
    var last: Timestamp?

    /// Mean work on an item.
    var cost: Int { found + shadow == 0 ? 0 : units / (found + shadow) }
  }

  private(set) var entries: [String: Entry] = [:]
  private(set) var items = 0
  private(set) var units = 0
  /// Rules of items that were kept, for what becomes of these.
  private var kept: [ItemID: Set<String>] = [:]

  /// Mean work on an item, whatever was found in it.
  var cost: Int { items == 0 ? 0 : units / items }

  mutating func add(_ entry: LogEntry) {
    if entry.event.isDecision {
      decided(entry)
    } else if entry.event == .itemRescanned {
      // A new decision on a kept item: what becomes of it later concerns the rules of this one.
      if let item = entry.item { kept[item] = rules(entry.json) }
    } else if let item = entry.item, let rules = kept[item] {
      if entry.event == .itemReleased {
        for rule in rules { entries[rule]?.released += 1 }
      } else if entry.event == .itemConfirmed {
        for rule in rules { entries[rule]?.confirmed += 1 }
      }
    }
  }

  private mutating func decided(_ entry: LogEntry) {
    let json = entry.json
    let work = json["work"]?["units"]?.integer ?? 0
    items += 1
    units += work
    let verdict = json["verdict"]?.text.flatMap(Verdict.init(rawValue:)) ?? .pass
    var seen: Set<String> = []
    let scoring = (json["findings"]?.elements ?? []).filter {
      $0["mode"]?.text != "shadow" && ($0["score"]?.integer ?? 0) > 0
    }
    for finding in json["findings"]?.elements ?? [] {
      guard let rule = finding["rule"]?.text, seen.insert(rule).inserted else { continue }
      let isShadow = finding["mode"]?.text == "shadow"
      let isAlone = scoring.allSatisfy { $0["rule"]?.text == rule } && verdict > .pass
      update(rule) { tally in
        tally.units += work
        tally.first = tally.first ?? entry.time
        tally.last = entry.time ?? tally.last
        guard !isShadow else {
          tally.shadow += 1
          return
        }
        tally.found += 1
        if isAlone { tally.alone += 1 }
        switch verdict {
        case .pass: break
        case .annotate: tally.annotated += 1
        case .quarantine: tally.quarantined += 1
        case .hold: tally.held += 1
        }
      }
    }
    if verdict >= .hold, let item = entry.item { kept[item] = rules(json) }
  }

  private func rules(_ json: JSON) -> Set<String> {
    Set(
      (json["findings"]?.elements ?? []).filter { $0["mode"]?.text != "shadow" }
        .compactMap { $0["rule"]?.text })
  }

  /// A rule that nothing hit has an entry too, once it is named.
  mutating func name(_ rule: String) { update(rule) { _ in } }

  private mutating func update(_ rule: String, _ body: (inout Entry) -> Void) {
    body(&entries[rule, default: Entry()])
  }
}
