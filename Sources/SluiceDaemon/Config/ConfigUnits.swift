/// Durations and sizes as people write them in a config: `30s`, `10min`, `90d`, `64MiB`.
package enum ConfigUnits {
  private static let durations: [(unit: String, nanoseconds: UInt64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000),
  ]
  private static let sizes: [(unit: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
  ]

  /// A whole number and one of the units ms, s, min, h, d, with nothing between; `0` stands alone.
  package static func duration(_ text: String) -> Result<Nanoseconds, ConfigKind.Fault> {
    if text == "0" { return .success(.zero) }
    let units = durations.map(\.unit).reversed().joined(separator: ", ")
    return split(text, what: "duration", units: units, example: "30s") { unit, number in
      guard let factor = durations.first(where: { $0.unit == unit })?.nanoseconds else {
        return nil
      }
      let (value, overflow) = UInt64(number).multipliedReportingOverflow(by: factor)
      return overflow || value > UInt64(Int64.max) ? .some(nil) : .some(Nanoseconds(value))
    }
  }

  /// A whole number and one of the units B, KiB, MiB, GiB, TiB, with nothing between; `0` alone.
  package static func bytes(_ text: String) -> Result<Int, ConfigKind.Fault> {
    if text == "0" { return .success(0) }
    let units = sizes.map(\.unit).reversed().joined(separator: ", ")
    return split(text, what: "size", units: units, example: "64MiB") { unit, number in
      guard let factor = sizes.first(where: { $0.unit == unit })?.bytes else { return nil }
      let (value, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? .some(nil) : .some(value)
    }
  }

  /// The largest unit that leaves a whole number.
  package static func text(_ span: Nanoseconds) -> String {
    guard span > .zero else { return "0" }
    let fit = durations.first { span.count.isMultiple(of: $0.nanoseconds) }
    return fit.map { "\(span.count / $0.nanoseconds)\($0.unit)" } ?? "\(span.count)ns"
  }

  package static func size(_ bytes: Int) -> String {
    guard bytes > 0 else { return "0" }
    let fit = sizes.first { bytes.isMultiple(of: $0.bytes) } ?? ("B", 1)
    return "\(bytes / fit.bytes)\(fit.unit)"
  }

  private static func split<Value>(
    _ text: String, what: String, units: String, example: String,
    convert: (Substring, Int) -> Value??
  ) -> Result<Value, ConfigKind.Fault> {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text[digits.endIndex...]
    guard !digits.isEmpty else {
      return .failure(
        .init(
          "not-a-\(what)", "expected a \(what), got '\(text)'", hint: "for example \(example)"))
    }
    guard !unit.isEmpty else {
      return .failure(
        .init(
          "missing-unit", "'\(text)' has no unit; the units are \(units)",
          hint: "for example \(example)"))
    }
    guard let number = Int(digits) else {
      return .failure(.init("out-of-range", "'\(text)' is too large"))
    }
    switch convert(unit, number) {
    case .some(.some(let value)): return .success(value)
    case .some(.none): return .failure(.init("out-of-range", "'\(text)' is too large"))
    case .none:
      return .failure(
        .init(
          "wrong-unit", "'\(unit)' is no unit of a \(what); the units are \(units)",
          hint: "for example \(example)"))
    }
  }
}
