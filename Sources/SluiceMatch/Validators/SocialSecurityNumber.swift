/// Social security numbers of the United States: no check digit, but groups that are never given
/// out, and numbers that became known from advertisements (Social Security Administration).
enum SocialSecurityNumber {
  static let validator = Validator("ssn") { bytes, _ in
    let digits = Digits.separated(bytes)
    guard digits.count == 9 else { return false }
    let area = Digits.number(digits[..<3])
    let group = Digits.number(digits[3..<5])
    let serial = Digits.number(digits[5...])
    guard area != 0, area != 666, area < 900, group != 0, serial != 0 else { return false }
    return !advertised.contains(Digits.number(digits[...]))
  }

  private static let advertised: Set<Int> = [
    078_051_120, 219_099_999, 123_456_789, 111_111_111, 222_222_222, 333_333_333, 444_444_444,
    555_555_555, 777_777_777, 888_888_888,
  ]
}
