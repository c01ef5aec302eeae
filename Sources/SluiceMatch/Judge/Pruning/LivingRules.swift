/// Rules that could hold on the open document, fewer the more is known. One a worker.
struct LivingRules {
  private(set) var all: [Int] = []
  private var isLiving: [Bool]
  /// Something it depends on has become less since it was asked last.
  private var isStale: [Bool]

  init(rules: Int) {
    isLiving = Array(repeating: false, count: rules)
    isStale = isLiving
  }

  mutating func removeAll() {
    for rule in all { isLiving[rule] = false }
    all.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ rule: Int) {
    all.append(rule)
    isLiving[rule] = true
    isStale[rule] = true
  }

  mutating func remove(_ rule: Int) { isLiving[rule] = false }
  mutating func touch(_ rule: Int) { isStale[rule] = true }

  func contains(_ rule: Int) -> Bool { isLiving[rule] }

  /// Whether a rule that lives has to be asked anew; it counts as asked then.
  mutating func takeStale(_ rule: Int) -> Bool {
    defer { isStale[rule] = false }
    return isStale[rule]
  }
}
