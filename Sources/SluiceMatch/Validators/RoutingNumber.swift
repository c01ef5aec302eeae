/// Routing numbers of banks in the United States: nine digits, a Federal Reserve range, and the
/// weights 3, 7, 1 (American Bankers Association).
enum RoutingNumber {
  static let validator = Validator("aba") { bytes, _ in
    let digits = Digits.separated(bytes)
    guard digits.count == 9 else { return false }
    let district = Digits.number(digits[..<2])
    guard
      (1...12).contains(district) || (21...32).contains(district)
        || (61...72).contains(district) || district == 80
    else { return false }
    let weights = [3, 7, 1, 3, 7, 1, 3, 7, 1]
    return zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 } % 10 == 0
  }
}
