import ArgumentParser
import SluiceCore
import SluiceLog

/// Which records a listing shows; all given ones must hold.
struct LogFilter: ParsableArguments {
  @Option(name: .long, help: "Records of one item, by its id.")
  var item: String?

  @Option(name: .long, help: "Events of one kind, such as item.held; 'item' takes all of items.")
  var event: String?

  @Option(name: .long, help: "Decisions of one verdict: pass, annotate, quarantine, hold.")
  var verdict: String?

  @Option(name: .long, help: "Items of one source.")
  var source: String?

  @Option(name: .long, help: "Decisions in which a rule was found, by its id.")
  var rule: String?

  @Option(name: .long, help: ArgumentHelp("Records from this moment on.", valueName: "rfc3339"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Records up to this moment.", valueName: "rfc3339"))
  var until: String?

  func validate() throws {
    if let item, ItemID(item) == nil { throw ValidationError("--item takes an item id") }
    if let verdict, Verdict(rawValue: verdict) == nil {
      throw ValidationError("--verdict takes pass, annotate, quarantine or hold")
    }
    for moment in [since, until] {
      if let moment, Timestamp(moment) == nil {
        throw ValidationError("'\(moment)' is no time such as 2026-03-01T12:00:00Z")
      }
    }
  }

  func holds(_ entry: LogEntry) -> Bool {
    if let item, entry.item?.description != item { return false }
    if let event, entry.event.rawValue != event, !entry.event.rawValue.hasPrefix(event + ".") {
      return false
    }
    if let verdict, entry.json["verdict"] != .string(verdict) { return false }
    if let source, entry.json["source"] != .string(source) { return false }
    if let rule, !Self.rules(entry).contains(rule) { return false }
    if let since = since.flatMap({ Timestamp($0) }), let time = entry.time, time < since {
      return false
    }
    if let until = until.flatMap({ Timestamp($0) }), let time = entry.time, until < time {
      return false
    }
    return true
  }

  private static func rules(_ entry: LogEntry) -> [String] {
    guard case .array(let findings)? = entry.json["findings"] else { return [] }
    return findings.compactMap { $0["rule"]?.text }
  }
}
