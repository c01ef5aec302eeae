/// A moment in UTC, in microseconds since 1970.
package struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  package var microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// RFC 3339 with six decimals: `2026-03-01T12:00:00.000000Z`.
  package var description: String {
    let seconds = microseconds.floorDivided(by: 1_000_000)
    let micro = microseconds - seconds * 1_000_000
    let days = seconds.floorDivided(by: 86_400)
    let rest = seconds - days * 86_400
    let (year, month, day) = Self.civil(days: days)
    return
      "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(pad(rest / 3600, 2))"
      + ":\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2)).\(pad(micro, 6))Z"
  }

  /// Reads what `description` writes, with one to nine decimals or none.
  /// - Returns: nil for anything else, offsets other than `Z` included.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int64? {
      guard range.upperBound <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[range] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      return value
    }
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"),
      bytes[4] == 45, bytes[7] == 45, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
    else { return nil }
    var micro: Int64 = 0
    if bytes.count > 20 {
      guard bytes[19] == 46, (22...30).contains(bytes.count),
        let decimals = number(20..<bytes.count - 1)
      else { return nil }
      var scaled = decimals
      for _ in 0..<abs(6 - (bytes.count - 21)) {
        scaled = bytes.count - 21 < 6 ? scaled * 10 : scaled / 10
      }
      micro = scaled
    }
    let days = Self.days(year: year, month: month, day: day)
    self.init(
      microseconds: ((days * 24 + hour) * 60 + minute) * 60_000_000 + second * 1_000_000 + micro)
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }

  // Days to and from the civil calendar: Howard Hinnant, "chrono-Compatible Low-Level Date
  // Algorithms", https://howardhinnant.github.io/date_algorithms.html
  private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.floorDivided(by: 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private func pad(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}

/// Where the time comes from: the system's clock in a running daemon, a set one in a test.
package struct Clock: Sendable {
  /// Wall-clock time in UTC.
  package var now: @Sendable () -> Timestamp
  /// Nanoseconds that never go back, from an arbitrary start.
  package var monotonic: @Sendable () -> UInt64

  package init(
    now: @escaping @Sendable () -> Timestamp, monotonic: @escaping @Sendable () -> UInt64
  ) {
    self.now = now
    self.monotonic = monotonic
  }
}
