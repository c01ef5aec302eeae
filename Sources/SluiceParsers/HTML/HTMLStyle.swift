/// Whether a style keeps an element from being seen; as far as one declaration tells.
enum HTMLStyle {
  /// - Parameters:
  ///   - style: declarations, as in a `style` attribute.
  ///   - ground: the colour behind, in lower case.
  static func isHidden(_ style: String, ground: String) -> Bool {
    let (values, _) = declarations(style)
    if let display = values["display"], display == "none" { return true }
    if let value = values["visibility"], value == "hidden" || value == "collapse" { return true }
    if let value = values["mso-hide"], value == "all" { return true }
    if let size = values["font-size"], isNothing(size) { return true }
    if let opacity = values["opacity"], isNothing(opacity) { return true }
    if let height = values["max-height"] ?? values["height"], isNothing(height),
      values["overflow"] == "hidden"
    {
      return true
    }
    for key in ["text-indent", "left", "top", "margin-left"] {
      if let value = values[key], value.hasPrefix("-"),
        let number = Int(value.dropFirst().prefix { $0.isNumber }), number >= 500
      {
        return true
      }
    }
    guard let color = values["color"].map(plain) else { return false }
    if color == "transparent" { return true }
    return color == plain(self.ground(style) ?? ground)
  }

  /// The colour that a style puts behind its text.
  static func ground(_ style: String) -> String? {
    let (values, _) = declarations(style)
    if let color = values["background-color"] { return plain(color) }
    guard let all = values["background"] else { return nil }
    return all.split(separator: " ").first.map { plain(String($0)) }
  }

  /// The plain selectors (`.class`, `#id`, `element`) of a style sheet whose rules hide.
  static func hidingSelectors(of sheet: String) -> Set<String> {
    var found: Set<String> = []
    for rule in sheet.split(separator: "}") {
      guard let brace = rule.lastIndex(of: "{") else { continue }
      guard isHidden(String(rule[rule.index(after: brace)...]), ground: "#ffffff") else { continue }
      let selectors = rule[..<brace].split(separator: "{").last ?? ""
      for selector in selectors.split(separator: ",") {
        let name = selector.trimmed.lowercased()
        if !name.isEmpty, !name.contains(where: { " >+~[:*@".contains($0) }) { found.insert(name) }
      }
    }
    return found
  }

  private static func declarations(_ style: String) -> ([String: String], Int) {
    var values: [String: String] = [:]
    for part in style.lowercased().split(separator: ";") {
      guard let colon = part.firstIndex(of: ":") else { continue }
      var value = part[part.index(after: colon)...].trimmed
      if let mark = value.firstIndex(of: "!") { value = value[..<mark].trimmed }
      values[String(part[..<colon].trimmed)] = String(value)
    }
    return (values, values.count)
  }

  /// `0`, `0px`, `0.0em`, and what is too small to read.
  private static func isNothing(_ value: String) -> Bool {
    let number = value.prefix { $0.isNumber || $0 == "." }
    guard let amount = Double(number) else { return false }
    let unit = value.dropFirst(number.count)
    return amount == 0 || unit == "px" && amount < 2 || unit == "pt" && amount < 2
  }

  private static func plain(_ color: String) -> String {
    let color = color.filter { $0 != " " }
    switch color {
    case "white", "#fff", "rgb(255,255,255)", "rgba(255,255,255,1)": return "#ffffff"
    case "black", "#000", "rgb(0,0,0)": return "#000000"
    default: return color
    }
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  var trimmed: SubSequence {
    var part = self[...]
    while let first = part.first, first.isWhitespace { part = part.dropFirst() }
    while let last = part.last, last.isWhitespace { part = part.dropLast() }
    return part
  }
}
