/// The reference of all settings, made from `ConfigTable`: the manual page sluice.yaml(5) and an
/// example file with every key at its default.
package enum ConfigReference {
  /// A manual page in man(7).
  package static var manual: String {
    var page = """
      .\\" Made from the table of settings by `sluiced --config-manual`; do not edit.
      .TH SLUICE.YAML 5 "" "Sluice" "File formats"
      .SH NAME
      sluice.yaml \\- settings of the Sluice daemon
      .SH SYNOPSIS
      .I /etc/sluice/sluice.yaml
      .SH DESCRIPTION
      One YAML mapping. A name with a dot stands as a key within its group:
      .B limits.writer_wait
      is the key
      .B writer_wait
      in
      .BR limits .
      Every key can be left out. An unknown key, a value of the wrong kind, a missing unit or a value
      out of range is an error, and
      .B sluiced \\-\\-check\\-config
      shows all of them at once.
      .PP
      Durations are a whole number and a unit: ms, s, min, h, d. Sizes are a whole number and a unit:
      B, KiB, MiB, GiB, TiB.
      .SH SETTINGS

      """
    for key in ConfigTable.keys {
      page += ".TP\n.BI \(roff(key.name)) \" \" \"\(roff(key.kind.description))\"\n"
      page += roff(key.help) + "\n"
      page += "Default: \(roff(key.standard))."
      page += key.needsRestart ? " A change takes a restart.\n" : " A reload takes it over.\n"
    }
    page += """
      .SH POLICIES
      Each policy is a mapping:
      .B name\\fR, \\fBsources\\fR (names, where * stands for any run of characters; none is every source),
      \\fBpacks\\fR (ids of the packs that count; none is all), \\fBthresholds\\fR (a mapping with the
      points from which to \\fBannotate\\fR and to \\fBquarantine\\fR), \\fBcaps\\fR (the highest verdict by
      harm), \\fBunexamined\\fR (the verdict by cause for what was not examined) and \\fBprofiles\\fR.
      .SH MESSAGES
      Each message is a mapping:
      .B language\\fR (a tag such as en or pt-BR) and \\fBtext\\fR, and where wanted \\fBharm\\fR (a pack's id;
      without it the text is for every harm that has none of its own), \\fBcountry\\fR (two letters) and
      \\fBhelp\\fR (a help-line).
      .SH SEE ALSO
      .BR sluiced (8),
      .BR sluice (1)

      """
    return page
  }

  /// A config that changes nothing: every key commented out, at its default.
  package static var example: String {
    var text = """
      ## Settings of the Sluice daemon. Every key is optional; what stands behind a # is the default.
      ## sluiced --check-config shows what is wrong with this file; sluice.yaml(5) says more.

      """
    var group = ""
    for key in ConfigTable.keys {
      let parts = key.name.split(separator: ".").map(String.init)
      text += "\n"
      if parts.count == 2, parts[0] != group { text += "#\(parts[0]):\n" }
      group = parts.count == 2 ? parts[0] : ""
      let indent = parts.count == 2 ? "  " : ""
      for line in wrap(key.help, width: 92) { text += "## \(line)\n" }
      text += "## (\(key.kind.description)"
      text += key.needsRestart ? "; a change takes a restart)\n" : ")\n"
      text += "#\(indent)\(parts.last!): \(key.standard)\n"
    }
    return text
  }

  private static func roff(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "\"": escaped += "\\(dq"
      case "'": escaped += "\\(aq"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return lines + [line]
  }
}
