/// Payment cards and other numbers with a Luhn check digit (ISO/IEC 7812-1, annex B): 12 to 19
/// digits, spaces and hyphens between them left aside, not all the same.
enum Luhn {
  static let validator = Validator("luhn") { bytes, _ in
    let digits = Digits.separated(bytes)
    return (12...19).contains(digits.count) && holds(digits) && Set(digits).count > 1
  }

  /// - Parameter digits: values 0…9, the check digit last.
  static func holds(_ digits: [UInt8]) -> Bool {
    guard !digits.isEmpty else { return false }
    var sum = 0
    for (index, digit) in digits.reversed().enumerated() {
      let doubled = index % 2 == 1 ? Int(digit) * 2 : Int(digit)
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }
}
