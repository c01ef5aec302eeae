import SluiceCore

/// Metrics in the text form of OpenMetrics 1.0.
package struct Metrics: Sendable {
  package static let contentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  package enum Kind: String, Sendable { case counter, gauge, info }

  private var lines = ""

  package init() {}

  /// One family with its samples; labels are pairs of name and value.
  package mutating func add(
    _ name: String, _ kind: Kind, unit: String = "", _ help: String,
    _ samples: [(labels: [(String, String)], value: Double)]
  ) {
    lines += "# TYPE \(name) \(kind.rawValue)\n"
    if !unit.isEmpty { lines += "# UNIT \(name) \(unit)\n" }
    lines += "# HELP \(name) \(Self.escape(help))\n"
    let suffix = kind == .counter ? "_total" : kind == .info ? "_info" : ""
    for sample in samples {
      lines += name + suffix
      if !sample.labels.isEmpty {
        let labels = sample.labels.map { "\($0.0)=\"\(Self.escape($0.1))\"" }
        lines += "{" + labels.joined(separator: ",") + "}"
      }
      lines += " \(Self.number(sample.value))\n"
    }
  }

  package mutating func add(
    _ name: String, _ kind: Kind, unit: String = "", _ help: String, value: Double
  ) {
    add(name, kind, unit: unit, help, [([], value)])
  }

  package var text: String { lines + "# EOF\n" }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  private static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"": escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
