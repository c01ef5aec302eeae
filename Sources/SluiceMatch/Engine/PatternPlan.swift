/// How the candidates of one pattern are found: never narrower than the pattern.
struct PatternPlan: Sendable, Hashable {
  indirect enum Trigger: Sendable, Hashable {
    /// The text holds a word of this slot.
    case words(WordSlot)
    /// The text holds one of these byte strings.
    case literals(LiteralSlot)
    /// The text holds one of these sequences of classes.
    case shape(ShapeRequirement)
    /// The text holds a word so long and of this alphabet.
    case run(RunRequirement)
    /// The text holds one of these byte strings, and Vectorscan looks for them: there are too many
    /// for the engine's own pass.
    case vectorscan(RequiredLiterals)
    /// The text holds what one of these plans looks for: the pattern matches in several ways.
    case ways([PatternPlan])
    /// PCRE2 searches everywhere, and why.
    case everywhere(why: String)
  }

  /// Where a match starts, as seen from its trigger.
  enum Start: Sendable, Hashable {
    /// So many bytes before.
    case fixed(Int)
    /// At a word of this slot, so many words before where that is known, else somewhere in the
    /// range of bytes before.
    case word(WordSlot, index: ClosedRange<Int>?, lead: ClosedRange<Int>)
    /// At any place in this range of bytes before, and so many words before where that is known; where
    /// the range is short, each place is asked about by itself.
    case stretch(ClosedRange<Int>, words: ClosedRange<Int>?)
    /// At any place in this range of bytes before, searched as a whole.
    case search(ClosedRange<Int>)

    /// Whether single starts are asked about, each by itself.
    var isExact: Bool {
      switch self {
      case .fixed, .word: true
      case .stretch(let lead, _): lead.count <= PatternPlan.mostStarts
      case .search: false
      }
    }
  }

  /// Another word that must stand near the trigger before anything else is done.
  struct Demand: Sendable, Hashable {
    var slot: WordSlot
    /// Words from the trigger to it, where that is known.
    var index: ClosedRange<Int>?
    /// Bytes from the trigger's first to its own.
    var lead: ClosedRange<Int>
  }

  var trigger: Trigger
  var start: Start
  var demand: Demand?
  /// What every match begins with: in a range of starts, only such places are asked about.
  var starts: StartRequirement?
  /// Of finding its candidates and looking at them, a million bytes of English text: what plans are
  /// compared by.
  var cost: Double

  /// Whether single starts are asked about, each by itself.
  var isExact: Bool { start.isExact || starts != nil }

  /// Bytes of a range in which single words are looked for.
  static let mostBytes = 512
  /// Words of a range that are looked at one by one.
  static let mostWords = 48
  /// Starts that are asked about one by one.
  static let mostStarts = 8
  static func everywhere(_ why: String) -> PatternPlan {
    PatternPlan(
      trigger: .everywhere(why: why), start: .search(0...0),
      cost: PlanCost.search(1_000_000, starts: nil))
  }

  init(trigger: Trigger, start: Start, demand: Demand? = nil, cost: Double = 0) {
    self.trigger = trigger
    self.start = start
    self.demand = demand
    self.cost = cost
  }

  var isEverywhere: Bool {
    if case .everywhere = trigger { true } else { false }
  }

  /// Bytes from a match's start to the end of such a literal.
  var vectorscanLead: ClosedRange<Int> {
    if case .vectorscan(let required) = trigger { required.lead } else { 0...0 }
  }

  /// The cheapest plan that the requirements allow.
  init(_ needs: PatternRequirements) {
    let starts = needs.starts?.frequency
    var best = PatternPlan.everywhere("nothing that is rare enough must be there")
    var least = PlanCost.search(1_000_000, starts: starts)
    func consider(_ hits: Double, _ start: Start, _ trigger: Trigger, _ demand: Demand? = nil) {
      let cost =
        hits
        + PlanCost.confirmation(
          hits, start, demand, starts: starts, alphabet: needs.alphabet)
      guard cost < least else { return }
      least = cost
      best = PatternPlan(trigger: trigger, start: start, demand: demand)
    }
    let slots = needs.slots.filter { $0.lead.lowerBound >= 0 }
    let first = slots.first { $0.lead == 0...0 } ?? needs.starts?.slot
    for slot in slots {
      let demand = Self.demand(slots, trigger: slot, first: first)
      consider(slot.frequency, Self.start(of: slot, first: first), .words(slot), demand)
    }
    for slot in needs.literals {
      // Each sequence more makes the tables of all a little coarser.
      consider(
        slot.frequency + 40 + 5 * Double(slot.literals.count), Self.start(slot.lead),
        .literals(slot))
    }
    // Letters by themselves say little of how common the word is that they are of.
    func words(at lead: ClosedRange<Int>, longest: Int) -> Double {
      let known = slots.filter { slot in
        slot.lead == lead && slot.words.allSatisfy { $0.folded.count >= longest }
      }
      return known.map(\.frequency).max() ?? 0
    }
    if let shape = needs.shape {
      let longest = shape.sequences.map(\.count).max() ?? 0
      let frequency = max(shape.frequency, words(at: shape.lead, longest: longest))
      consider(
        frequency + 60 + shape.sequences.reduce(0) { $0 + 15 + PrintBuilder.looks(at: $1) },
        Self.start(shape.lead), .shape(shape))
    }
    if needs.prefix.count >= 3 {
      let prefix = Array(needs.prefix.prefix(16))
      let share = prefix.reduce(1) { $0 * ByteSet($1).share }
      let frequency = max(1_000_000 * share, words(at: 0...0, longest: prefix.count))
      consider(
        frequency + 75 + PrintBuilder.looks(at: prefix), .fixed(0),
        .shape(ShapeRequirement(sequences: [prefix], lead: 0...0, frequency: frequency)))
    }
    if let run = needs.run, run.lead.lowerBound >= 0, run.least >= Self.leastRun {
      consider(
        run.frequency + 400, run.atStart ? Self.start(run.lead) : .search(run.lead), .run(run))
    }
    self = best
    cost = least
    if let plan = Self.ways(needs), plan.cost < cost { self = plan }
  }

  /// A plan for each way in which the pattern matches; nil where they are not told apart.
  private static func ways(_ needs: PatternRequirements) -> PatternPlan? {
    guard !needs.ways.isEmpty else { return nil }
    var cost = 0.0
    var plans: [PatternPlan] = []
    for way in needs.ways {
      var own = PatternRequirements()
      own.slots = way.words
      own.literals = way.literals
      own.starts = needs.starts
      own.alphabet = needs.alphabet
      let plan = PatternPlan(own)
      guard !plan.isEverywhere else { return nil }
      plans.append(plan)
      cost += plan.cost
    }
    let start = plans.allSatisfy(\.start.isExact) ? Start.fixed(0) : .search(0...0)
    return PatternPlan(trigger: .ways(plans), start: start, cost: cost)
  }

  /// Byte strings that the engine's own pass looks for.
  var literals: Int {
    switch trigger {
    case .literals(let slot): slot.literals.count
    case .ways(let plans): plans.reduce(0) { $0 + $1.literals }
    default: 0
    }
  }

  /// Words of so many bytes are rare enough to be looked at.
  private static let leastRun = 16

  private static func start(_ lead: ClosedRange<Int>) -> Start {
    lead.lowerBound == lead.upperBound ? .fixed(lead.lowerBound) : .stretch(lead, words: nil)
  }

  private static func start(of slot: WordSlot, first: WordSlot?) -> Start {
    if slot.lead.lowerBound == slot.lead.upperBound { return .fixed(slot.lead.lowerBound) }
    if let first {
      if let index = slot.index, index.count <= mostWords {
        return .word(first, index: index, lead: slot.lead)
      }
      if slot.lead.count <= mostBytes { return .word(first, index: nil, lead: slot.lead) }
    }
    return .stretch(slot.lead, words: slot.index)
  }

  /// The rarest other word; that of the start is looked at in any case.
  private static func demand(_ slots: [WordSlot], trigger: WordSlot, first: WordSlot?) -> Demand? {
    let others = slots.filter { $0 != trigger && $0 != first }
    for slot in others.sorted(by: { $0.frequency < $1.frequency }) {
      let lead =
        slot.lead.lowerBound - trigger.lead.upperBound...slot.lead.upperBound
        - trigger.lead.lowerBound
      if let own = trigger.index, let other = slot.index {
        let index = other.lowerBound - own.upperBound...other.upperBound - own.lowerBound
        if index.count <= mostWords { return Demand(slot: slot, index: index, lead: lead) }
      }
      if lead.count <= mostBytes { return Demand(slot: slot, index: nil, lead: lead) }
    }
    return nil
  }
}
