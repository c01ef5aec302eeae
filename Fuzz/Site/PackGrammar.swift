/// Rules that are mostly sound: expressions of every construct, validators, conditions, tests.
enum PackGrammar {
  /// A manifest that fits all rules below.
  static let manifest: [UInt8] = {
    var text = """
      id: fuzz
      version: 1.0.0
      title: A pack
      covers: [something]
      does_not_cover: [all else]
      licence: Apache-2.0
      languages: [en]
      definitions:
        word: '[a-z]{2,8}'
        gap: '\\W{1,3}'
      exceptions:
        quiet:
          title: Quiet words
          why: They say so.
          patterns: {hush: 'hush'}
      protected:

      """
    for number in 1...20 { text += "  - Sentence \(number) is of no harm.\n" }
    return Array(text.utf8)
  }()

  static func rules(_ choices: inout Choices) -> String {
    var text = "rules:\n"
    for (index, rule) in choices.some(3, { rule(&$0) }).enumerated() {
      text += "  - id: fuzz.rules.rule-\(index)\n" + rule
    }
    return text
  }

  private static let patternKeys = [
    "case: sensitive", "validator: luhn", "validator: entropy(3)", "capture: 1", "views: [text]",
    "views: [joined, folded]", "validator: iban",
  ]
  private static let ruleKeys = [
    "mode: shadow", "scope: item", "except: [quiet]", "score: 50", "group: g",
    "force: quarantine", "profile: strict-pii",
  ]

  private static func rule(_ choices: inout Choices) -> String {
    let names = ["a", "b", "fee"].prefix(choices.next(3) + 1)
    var text = """
          title: A rule
          why: For the test.
          severity: \(choices.pick(["low", "medium", "high", "critical", "grave"]))
          patterns:

      """
    for name in names {
      let expression = expression(&choices, depth: 6)
      if choices.next(4) == 0 {
        text += "      \(name):\n        regex: '\(quoted(expression))'\n"
        text += "        \(choices.pick(patternKeys))\n"
      } else {
        text += "      \(name): '\(quoted(expression))'\n"
      }
    }
    if choices.next(2) == 0 {
      text += "    condition: \(ConditionTarget.condition(&choices, depth: 5))\n"
    }
    if choices.next(4) == 0 {
      text += "    \(choices.pick(ruleKeys))\n"
    }
    return text + """
          tests:
            match: ['\(quoted(sample(&choices)))', '\(quoted(sample(&choices)))']
            pass: ['\(quoted(sample(&choices)))', 'Nothing.']

      """
  }

  private static func sample(_ choices: inout Choices) -> String {
    choices.some(8) {
      $0.pick([
        "fee", "a", "windfall", "4111 1111 1111 1111", "hush", "ſ", "K", "é", "\u{200B}", "aaaa",
        "1",
      ])
    }.joined(separator: choices.pick([" ", "", "-", "."]))
  }

  private static func quoted(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
  }

  private static let atoms = [
    "a", "fee", ".", "\\w", "\\d", "\\s", "\\W", "[a-z]", "[^a-z]", "[[:alpha:]]", "\\p{L}",
    "\\p{Greek}", "\\b", "\\B", "^", "$", "\\A", "\\z", "\\x{17F}", "\\N", "\\R", "\\X", "{{word}}",
    "{{gap}}", "{{none}}", "ß", "\\Qx.y\\E", "[\\d\\-_]", "\\h", "\\1", "\\K", "\\C", "(?i)", "\\G",
    "[a-\\x{10FFFF}]", "\\u0041", "\\o{101}", "\\cA", "[]", "[z-a]",
  ]

  private static func expression(_ choices: inout Choices, depth: Int) -> String {
    guard depth > 0, !choices.isOver else { return choices.pick(atoms) }
    func inner(_ choices: inout Choices) -> String { expression(&choices, depth: depth - 1) }
    switch choices.next(12) {
    case 0, 1, 2: return choices.pick(atoms)
    case 3, 4: return choices.some(5, inner).joined()
    case 5: return "(?:" + choices.some(4, inner).joined(separator: "|") + ")"
    case 6:
      return "(" + choices.pick(["", "?:", "?=", "?!", "?<=", "?<!", "?>", "?i:", "?|", "?<n>"])
        + inner(&choices) + ")"
    case 7, 8:
      return "(?:" + inner(&choices) + ")"
        + choices.pick([
          "?", "*", "+", "{2}", "{0,3}", "{1,60}", "{2,}", "{1,2000}", "{65535}", "??", "++",
        ])
    case 9: return inner(&choices) + choices.pick(["{1,3}", "?", "{2,4}", "{0,20}"])
    case 10: return "(?(?=" + inner(&choices) + ")" + inner(&choices) + "|" + inner(&choices) + ")"
    default:
      return choices.pick(["(?#x)", "(?R)", "(*ACCEPT)", "(?1)", "(?C1)", "[", ")", "\\", "{"])
    }
  }
}
