/// Payment card numbers: a Luhn check digit, and a length that the brand of the first digits uses.
///
/// Ranges: ISO/IEC 7812 issuer identification numbers as the brands publish them.
enum Card {
  static let validator = Validator("card") { bytes, _ in
    let digits = Digits.separated(bytes)
    guard Set(digits).count > 1, let lengths = lengths(digits) else { return false }
    return lengths.contains(digits.count) && Luhn.holds(digits)
  }

  private static func lengths(_ digits: [UInt8]) -> Set<Int>? {
    guard digits.count >= 12 else { return nil }
    let two = Digits.number(digits[..<2])
    let three = Digits.number(digits[..<3])
    let four = Digits.number(digits[..<4])
    let six = Digits.number(digits[..<6])
    switch true {
    case digits[0] == 4: return [13, 16, 19]  // Visa
    case (51...55).contains(two), (222_100...272_099).contains(six): return [16]  // Mastercard
    case two == 34, two == 37: return [15]  // American Express
    case (300...305).contains(three), two == 36, two == 38, two == 39:
      return [14, 15, 16, 17, 18, 19]  // Diners Club
    case (3528...3589).contains(four): return [16, 17, 18, 19]  // JCB
    case four == 6011, two == 65, (644...649).contains(three): return [16, 17, 18, 19]  // Discover
    case two == 62: return [16, 17, 18, 19]  // UnionPay
    case (2200...2204).contains(four): return [16, 17, 18, 19]  // Mir
    case two == 50, (56...58).contains(two), two == 63, two == 67:
      return Set(12...19)  // Maestro
    default: return nil
    }
  }
}
