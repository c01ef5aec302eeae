/// What words and literals have in common.
protocol RequiredSlot: Hashable {
  associatedtype Member: Hashable
  var members: [Member] { get }
  var lead: ClosedRange<Int> { get }
  var frequency: Double { get }
  /// How many words begin before it; nil where that is not counted.
  var index: ClosedRange<Int>? { get }
  init(
    members: [Member], lead: ClosedRange<Int>, index: ClosedRange<Int>?, frequency: Double)
  static func precedes(_ first: Member, _ second: Member) -> Bool
}

extension RequiredSlot {
  /// One slot for what holds some member of one of several; nil where there are too many.
  init?(joining slots: [Self], most: Int) {
    var lead: ClosedRange<Int>?
    var index: ClosedRange<Int>? = slots.first?.index
    var members: Set<Member> = []
    for slot in slots {
      index = index.flatMap { index in slot.index.map { index.joined($0) } }
      members.formUnion(slot.members)
      lead = lead?.joined(slot.lead) ?? slot.lead
    }
    guard let lead, members.count <= most else { return nil }
    self.init(
      members: members.sorted(by: Self.precedes), lead: lead, index: index,
      frequency: slots.reduce(0) { $0 + $1.frequency })
  }
}

extension WordSlot: RequiredSlot {
  var members: [RequiredWord] { words }

  init(
    members: [RequiredWord], lead: ClosedRange<Int>, index: ClosedRange<Int>?, frequency: Double
  ) {
    self.init(words: members, lead: lead, index: index, frequency: frequency)
  }

  static func precedes(_ first: RequiredWord, _ second: RequiredWord) -> Bool {
    first.folded.lexicographicallyPrecedes(second.folded)
  }
}

extension LiteralSlot: RequiredSlot {
  var members: [RequiredLiteral] { literals }

  var index: ClosedRange<Int>? { nil }

  init(
    members: [RequiredLiteral], lead: ClosedRange<Int>, index: ClosedRange<Int>?, frequency: Double
  ) {
    self.init(literals: members, lead: lead, frequency: frequency)
  }

  static func precedes(_ first: RequiredLiteral, _ second: RequiredLiteral) -> Bool {
    first.folded.lexicographicallyPrecedes(second.folded)
  }
}

/// Slots from stretches of a pattern, of which the rarest that do not overlap are chosen.
struct SlotChoice<Slot: RequiredSlot> {
  private var candidates: [(slot: Slot, parts: Range<Int>, group: Int)] = []
  private var groups = 0

  /// Slots that do not overlap each other, from some parts of the pattern.
  mutating func add(_ slots: [Slot], parts: Range<Int>) {
    groups += 1
    for slot in slots { candidates.append((slot, parts, groups)) }
  }

  /// All that were added.
  var slots: [Slot] { candidates.map(\.slot) }

  /// The rarest that do not overlap.
  ///
  /// - Parameter part: a part of the pattern that they have to leave out.
  func best(_ most: Int, beside part: Int? = nil) -> [Slot] {
    var chosen: [(slot: Slot, parts: Range<Int>, group: Int)] = []
    // Of equals the one with fewer members, then the one from fewer parts.
    let order = candidates.sorted {
      ($0.slot.frequency, $0.slot.members.count, $0.parts.count, $0.parts.lowerBound)
        < ($1.slot.frequency, $1.slot.members.count, $1.parts.count, $1.parts.lowerBound)
    }
    for candidate in order where chosen.count < most {
      if let part, candidate.parts.contains(part) { continue }
      let isFree = chosen.allSatisfy {
        $0.group == candidate.group || !$0.parts.overlaps(candidate.parts)
      }
      if isFree { chosen.append(candidate) }
    }
    return chosen.map(\.slot)
  }
}
