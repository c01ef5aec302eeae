import SluiceCore

/// `GET /status` as lines for a person: what `sluice status` prints, and what SIGUSR2 writes to the
/// journal.
package enum StatusText {
  /// - Parameter status: the object that `/status` answered with.
  package static func lines(of status: JSON) -> [String] {
    var lines = [head(status)]
    if let pause = status["paused"], pause != .null {
      lines.append("paused     since \(text(pause, "since")): \(text(pause, "reason"))")
    }
    let queue = status["queue"] ?? .null
    var waiting = "queue      \(number(queue, "incoming")) waiting in incoming/"
    if number(queue, "incoming") > 0, let age = queue["oldest_age_seconds"]?.integer {
      waiting += " (the oldest for \(ConfigUnits.text(Nanoseconds(seconds: max(0, age)))))"
    }
    waiting += ", \(number(queue, "claimed")) claimed, \(number(queue, "examining")) in hand"
    if number(queue, "writing") > 0 { waiting += ", \(number(queue, "writing")) being written" }
    lines.append(waiting)
    let items = status["items"] ?? .null
    lines.append(
      "items      "
        + ["passed", "annotated", "quarantined", "held"].map { "\(number(items, $0)) \($0)" }
        .joined(separator: ", "))
    lines += rules(status["rules"] ?? .null)
    lines += opening(status)
    for entry in status["probation"]?.elements ?? [] {
      let state = entry["disarmed"] ?? .null
      lines.append(
        "probation  \(text(entry, "rule")): \(number(entry, "hits")) of \(number(entry, "items")) items"
          + (state == .null ? "" : ", DISARMED: what only it stops is held"))
    }
    let unclaimable = status["unclaimable"] ?? .null
    if number(unclaimable, "count") > 0 {
      lines.append("unclaimable \(number(unclaimable, "count")) in incoming/")
      for file in (unclaimable["files"]?.elements ?? []).prefix(5) {
        lines.append("           \(text(file, "path")): \(text(file, "detail"))")
      }
    }
    for alarm in (status["alarms"]?.elements ?? []).suffix(5) {
      lines.append("ALARM      \(text(alarm, "time")) \(text(alarm, "message"))")
    }
    return lines.map { Display.escape($0) }
  }

  private static func head(_ status: JSON) -> String {
    "sluiced    \(text(status, "state")), pid \(number(status, "pid")), since \(text(status, "started")), \(number(status, "workers")) workers"
  }

  /// What is opened, and what of the sandbox is missing.
  private static func opening(_ status: JSON) -> [String] {
    let names = (status["decoders"]?.elements ?? []).compactMap { name -> String? in
      if case .string(let name) = name { name } else { nil }
    }
    var lines = ["opens      \(names.joined(separator: ", "))"]
    if case .string(let lacks)? = status["confinement"]?["extractor_lacks"] {
      lines.append("SANDBOX    not closed: \(lacks)")
    }
    return lines
  }

  private static func rules(_ rules: JSON) -> [String] {
    var lines = [
      "rules      \(text(rules, "generation").prefix(12)), \(number(rules, "rules")) rules, loaded \(text(rules, "loaded"))"
        + (rules["jit"] == .bool(false) ? ", JIT NOT IN USE" : "")
    ]
    for pack in rules["packs"]?.elements ?? [] {
      let signer = pack["signer"]?.text
      lines.append(
        "           \(text(pack, "id")) \(text(pack, "version")), \(number(pack, "rules")) rules, "
          + (signer.map { "signed by \($0)" } ?? "not signed"))
    }
    if let refused = rules["refused"], refused != .null {
      lines.append(
        "REFUSED    what is on disk differs from what runs, since \(text(refused, "since")):")
      for diagnostic in refused["diagnostics"]?.elements ?? [] {
        lines += text(diagnostic, "rendered").split(separator: "\n").map { "           \($0)" }
      }
    }
    return lines
  }

  private static func text(_ value: JSON, _ key: String) -> String {
    value[key]?.text ?? "–"
  }

  private static func number(_ value: JSON, _ key: String) -> Int {
    value[key]?.integer ?? 0
  }
}
