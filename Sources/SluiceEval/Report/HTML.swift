import SluiceCore

/// The few pieces of HTML that the report is made of. Text always goes through `escape`.
enum HTML {
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in Display.escape(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  static func table(_ head: [String], _ rows: [[String]]) -> String {
    let cells = head.map { "<th>\(escape($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(escape($0))</td>" }.joined() + "</tr>"
    }
    return "<table><thead><tr>\(cells)</tr></thead><tbody>\n" + body.joined(separator: "\n")
      + "\n</tbody></table>"
  }

  static let style = """
    body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
    h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem}
    table{border-collapse:collapse;font-size:13px;width:100%}
    th,td{text-align:right;padding:.2rem .5rem;border-bottom:1px solid #ddd;vertical-align:top}
    th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}
    svg{max-width:32rem;font:11px system-ui,sans-serif}svg text{fill:#555}
    path{fill:none;stroke-width:2}.recall{stroke:#0a7d4f}.precision{stroke:#2457c5;stroke-dasharray:6 3}
    .alarms{stroke:#c0392b;stroke-dasharray:2 3}.grid{stroke:#e3e3e3}.now{stroke:#999;stroke-dasharray:3 3}
    .key span{margin-right:1.5rem}code{overflow-wrap:anywhere}
    """
}
