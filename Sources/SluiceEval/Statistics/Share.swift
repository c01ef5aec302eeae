import SluiceCore

/// So many of so many, with what that says about the rest.
package struct Share: Sendable, Hashable {
  package var count: Int
  package var of: Int

  package init(_ count: Int, of total: Int) {
    self.count = count
    self.of = total
  }

  /// Between 0 and 1; nil where there are too few rows for a rate to mean something.
  package var rate: Double? {
    of >= EvalRules.leastRows ? Double(count) / Double(of) : nil
  }

  /// Wilson's score interval at 95 %: E. B. Wilson, "Probable inference, the law of succession, and
  /// statistical inference", 1927. Unlike the normal approximation it holds near 0 and 1.
  package var interval: ClosedRange<Double>? {
    guard of > 0 else { return nil }
    let z = 1.959963984540054
    let total = Double(of)
    let share = Double(count) / total
    let denominator = 1 + z * z / total
    let middle = (share + z * z / (2 * total)) / denominator
    let reach =
      z * (share * (1 - share) / total + z * z / (4 * total * total)).squareRoot() / denominator
    return max(0, middle - reach)...min(1, middle + reach)
  }

  /// `84.1 % (80.2–87.4)`, below the least number of rows `27 of 32`, without any `–`.
  package var shown: String {
    guard of > 0 else { return "–" }
    guard let rate, let interval else { return "\(count) of \(of)" }
    return
      "\(Self.percent(rate)) % (\(Self.percent(interval.lowerBound))–\(Self.percent(interval.upperBound)))"
  }

  package var json: JSON {
    .object([
      .init("count", .int(count)), .init("of", .int(of)),
      .init("rate", rate.map { .double(Self.rounded($0)) } ?? .null),
      .init(
        "interval",
        rate == nil
          ? .null
          : interval.map {
            .array([.double(Self.rounded($0.lowerBound)), .double(Self.rounded($0.upperBound))])
          } ?? .null),
    ])
  }

  /// With one decimal, and a second below 1 %, where it matters.
  static func percent(_ value: Double) -> String {
    let hundredths = Int((value * 10_000).rounded())
    if hundredths > 0, hundredths < 100 {
      return "0.\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
    let tenths = Int((value * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
