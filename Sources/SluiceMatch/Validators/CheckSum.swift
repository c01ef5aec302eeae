/// The sums that check digits are made of.
enum CheckSum {
  /// Each digit times its weight; digits without a weight count nothing.
  static func weighted(_ digits: some Sequence<Int>, _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func number(_ digits: some Sequence<Int>) -> Int { digits.reduce(0) { $0 * 10 + $1 } }

  static func luhn(_ digits: [Int]) -> Bool { Luhn.holds(digits.map { UInt8($0) }) }

  /// ISO/IEC 7064, MOD 11,10: the last digit checks the others.
  static func hybrid11(_ digits: [Int]) -> Bool {
    guard let last = digits.last else { return false }
    var product = 10
    for digit in digits.dropLast() {
      let sum = (digit + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return (11 - product) % 10 == last
  }

  /// Verhoeff's dihedral check: the last digit checks the others (J. Verhoeff, "Error Detecting
  /// Decimal Codes", 1969).
  static func verhoeff(_ digits: [Int]) -> Bool {
    var check = 0
    for (place, digit) in digits.reversed().enumerated() {
      check = dihedral(check, permuted(digit, times: place % 8))
    }
    return check == 0
  }

  /// Multiplication in the dihedral group of order ten.
  private static func dihedral(_ a: Int, _ b: Int) -> Int {
    switch (a < 5, b < 5) {
    case (true, true): (a + b) % 5
    case (true, false): (a + b - 5) % 5 + 5
    case (false, true): (a - b) % 5 + 5
    case (false, false): (a - b + 5) % 5
    }
  }

  private static func permuted(_ digit: Int, times: Int) -> Int {
    let permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    return (0..<times).reduce(digit) { value, _ in permutation[value] }
  }

  /// Whether a day and a month can be one; the 29th of February always can.
  static func isDay(_ day: Int, of month: Int) -> Bool {
    let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return lengths.indices.contains(month - 1) && (1...lengths[month - 1]).contains(day)
  }
}
