/// Numbers by which states know people or taxpayers, where the state has published how the check
/// digit is made. The argument is the numeric code of the country (ISO 3166-1): `national-id(276)`
/// is Germany. Countries that are not listed accept nothing.
enum NationalNumber {
  static let validator = Validator("national-id", argument: 4...894) { bytes, country in
    guard let check = checks[Int(country)], let text = NationalText(bytes) else { return false }
    return check(text)
  }

  typealias Check = @Sendable (NationalText) -> Bool

  private static let checks: [Int: Check] =
    NationalNumbersNorthernEurope.checks
    .merging(NationalNumbersSouthernEurope.checks) { first, _ in first }
    .merging(NationalNumbersEasternEurope.checks) { first, _ in first }
    .merging(NationalNumbersAmericas.checks) { first, _ in first }
    .merging(NationalNumbersAsia.checks) { first, _ in first }

  /// Codes of the countries with a check.
  static var countries: [Int] { checks.keys.sorted() }
}
