import SluiceCore

/// How many rows reach each score: what another threshold would flag.
package struct ScoreCurve: Sendable {
  /// By points, 0…100.
  private var harmful = [Int](repeating: 0, count: 101)
  private var harmless = [Int](repeating: 0, count: 101)

  package init() {}

  package mutating func add(_ points: Int, isHarm: Bool, times: Int = 1) {
    let points = min(100, max(0, points))
    if isHarm { harmful[points] += times } else { harmless[points] += times }
  }

  package struct Point: Sendable {
    package var threshold: Int
    /// Between 0 and 1.
    package var recall: Double
    package var falsePositives: Double
    package var precision: Double?
  }

  /// For each threshold from 1 to 100; rates of a kind of which there is no row are 0.
  package var points: [Point] {
    var (hits, alarms) = (0, 0)
    let positives = max(1, harmful.reduce(0, +))
    let negatives = max(1, harmless.reduce(0, +))
    var points: [Point] = []
    for threshold in (1...100).reversed() {
      hits += harmful[threshold]
      alarms += harmless[threshold]
      points.append(
        Point(
          threshold: threshold, recall: Double(hits) / Double(positives),
          falsePositives: Double(alarms) / Double(negatives),
          precision: hits + alarms == 0 ? nil : Double(hits) / Double(hits + alarms)))
    }
    return points.reversed()
  }

  /// Only thresholds at which something changes.
  package var json: JSON {
    var last: (Double, Double)?
    var members: [JSON] = []
    for point in points.reversed() {
      if let last, last == (point.recall, point.falsePositives) { continue }
      last = (point.recall, point.falsePositives)
      members.append(
        .object([
          .init("threshold", .int(point.threshold)),
          .init("recall", .double(Share.rounded(point.recall))),
          .init("false_positives", .double(Share.rounded(point.falsePositives))),
          .init("precision", point.precision.map { .double(Share.rounded($0)) } ?? .null),
        ]))
    }
    return .array(members.reversed())
  }
}
