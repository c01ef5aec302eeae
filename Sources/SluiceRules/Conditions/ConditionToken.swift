/// One word or sign of a condition, with its place as indices of Unicode scalars.
struct ConditionToken: Equatable {
  enum Kind: Equatable {
    case name(String)
    case number(Int)
    case comparison(Condition.Comparison)
    case open, close, comma, bar
    case end
  }

  var kind: Kind
  var start: Int
  var length: Int

  /// As it is shown in a message.
  var shown: String {
    switch kind {
    case .name(let name): "'\(name)'"
    case .number(let number): "'\(number)'"
    case .comparison(let sign): "'\(sign.rawValue)'"
    case .open: "'('"
    case .close: "')'"
    case .comma: "','"
    case .bar: "'|'"
    case .end: "the end"
    }
  }
}

/// A mistake in a condition.
struct ConditionFault: Error {
  var code: DiagnosticCode
  var start: Int
  var length: Int
  var message: String
  var hint: String?

  init(
    _ token: ConditionToken, _ message: String, hint: String? = nil,
    code: DiagnosticCode = .conditionSyntax
  ) {
    self.init(start: token.start, length: token.length, message, hint: hint, code: code)
  }

  init(
    start: Int, length: Int, _ message: String, hint: String? = nil,
    code: DiagnosticCode = .conditionSyntax
  ) {
    self.code = code
    self.start = start
    self.length = length
    self.message = message
    self.hint = hint
  }
}
