/// Numbers of the National Health Service in England: ten digits, modulus 11 (NHS Data Dictionary,
/// "NHS NUMBER").
enum HealthServiceNumber {
  static let validator = Validator("nhs") { bytes, _ in
    let digits = Digits.separated(bytes)
    guard digits.count == 10, Set(digits).count > 1 else { return false }
    let sum = digits[..<9].enumerated().reduce(0) { $0 + (10 - $1.offset) * Int($1.element) }
    let check = (11 - sum % 11) % 11
    return check != 10 && check == Int(digits[9])
  }
}
