import SluiceCore

extension VerificationReport {
  /// What a person reads, a line each.
  package func lines(for directory: String) -> [String] {
    var text: [String] = []
    if let fault {
      var place = ""
      if let file = fault.file {
        place = file + (fault.line.map { ":\($0)" } ?? "") + ": "
      }
      text.append("BROKEN  \(Display.escape(place))seq \(fault.seq): \(fault.kind.rawValue)")
      text.append("        \(Display.escape(fault.message))")
      if let lines { text.append("        lines \(lines.lowerBound) to \(lines.upperBound) hold") }
    } else {
      let count = lines?.count ?? 0
      text.append("log verified: \(count) lines in \(files) files, \(checkpoints) checkpoints")
      if first > 1 { text.append("  lines before \(first) were removed by retention") }
      if repeated > 0 { text.append("  \(repeated) lines stand in two files after a failed sync") }
    }
    if isGood, unsealed > 0 {
      text.append("  \(unsealed) lines after the last checkpoint are unsealed")
    }
    return text + notes.map { "  note: \(Display.escape($0))" }
  }

  /// The same for programs.
  package var json: JSON {
    var members: [JSON.Member] = [
      JSON.Member("good", .bool(isGood)), JSON.Member("first", .int(first)),
      JSON.Member("last", lines.map { .int($0.upperBound) } ?? .null),
      JSON.Member("files", .int(files)), JSON.Member("checkpoints", .int(checkpoints)),
      JSON.Member("sealed", .int(sealed)), JSON.Member("unsealed", .int(unsealed)),
      JSON.Member("repeated", .int(repeated)),
    ]
    if let fault {
      members.append(
        JSON.Member(
          "fault",
          .object([
            JSON.Member("kind", .string(fault.kind.rawValue)), JSON.Member("seq", .int(fault.seq)),
            JSON.Member("file", fault.file.map(JSON.string) ?? .null),
            JSON.Member("line", fault.line.map(JSON.int) ?? .null),
            JSON.Member("message", .string(fault.message)),
          ])))
    }
    members.append(JSON.Member("notes", .array(notes.map(JSON.string))))
    return .object(members)
  }
}
