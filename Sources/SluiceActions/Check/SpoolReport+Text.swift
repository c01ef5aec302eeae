import SluiceCore
import SluiceLog

extension SpoolReport {
  /// What a person reads, a line each.
  package var lines: [String] {
    var text = breaks.map { $0.line("BROKEN  ") }
    text += inFlight.map { $0.line("MAYBE   ") }
    text += notes.map { "  note: \(Display.escape($0))" }
    if isLive {
      let who = owner.map { $0 > 0 ? "process \($0) owns the spool" : "a process owns the spool" }
      text.append(
        "  \(who ?? "a process writes the log"): what is marked MAYBE, and \(underWay) files in "
          + "incoming/ and work/, may be in flight; check again when it has stopped")
    }
    var counts =
      "spool checked: \(records) records, \(items) items, \(files) files, \(underWay) under way"
    if let dropped { counts += ", \(dropped) dropped" }
    text.append("\(counts): \(breaks.isEmpty ? "no" : String(breaks.count)) breaks")
    let mendable = breaks.count { $0.canMend }
    if mendable > 0 {
      text.append("  --repair mends \(mendable); \(breaks.count - mendable) need a person")
    } else if !breaks.isEmpty {
      text.append("  none can be mended by --repair: they need a person")
    }
    return text
  }

  /// The same for programs.
  package var json: JSON {
    .object([
      .init("spool", .string(spool)), .init("log", .string(log)), .init("good", .bool(isGood)),
      .init("live", .bool(isLive)), .init("owner", owner.map { .int(Int($0)) } ?? .null),
      .init("records", .int(records)), .init("items", .int(items)), .init("files", .int(files)),
      .init("under_way", .int(underWay)), .init("dropped", dropped.map(JSON.int) ?? .null),
      .init("breaks", .array(breaks.map(\.json))),
      .init("in_flight", .array(inFlight.map(\.json))),
      .init("notes", .array(notes.map(JSON.string))), .init("verification", verification.json),
    ])
  }
}

extension SpoolBreak {
  /// What a person reads, after a word.
  package func line(_ mark: String) -> String {
    let place = path.map { "\(Display.name($0)): " } ?? item.map { "item \($0): " } ?? ""
    return "\(mark)\(place)\(kind.rawValue): \(Display.escape(message))"
  }

  package var json: JSON {
    .object([
      .init("kind", .string(kind.rawValue)),
      path.map { JSON.name("path", $0) } ?? .init("path", .null),
      .init("item", item.map { .string($0.description) } ?? .null),
      .init("message", .string(message)), .init("can_mend", .bool(canMend)),
    ])
  }
}
