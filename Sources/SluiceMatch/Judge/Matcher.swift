import SluiceCore
import SluiceRules

/// What compiling a rule set came to. Without errors there is a matcher.
package struct Compilation: Sendable {
  package var matcher: Matcher?
  package var diagnostics: [Diagnostic]
}

/// One generation, compiled; immutable and shared by all workers.
package final class Matcher: Sendable {
  package let ruleSet: RuleSet
  /// Digests that some list needs beside SHA-256.
  package let digestKinds: Set<DigestKind>
  /// Facts of the engine for the start record: whether JIT is in use, counts of patterns.
  package let facts: [String: Int]

  let options: MatcherOptions
  let program: PatternProgram
  let probes: [Probe]
  let rules: [CompiledRule]
  let lists: [DigestList]
  /// Probes that look at a match of each of the program's expressions.
  let probesOfExpression: [[Int]]
  /// Rules whose condition mentions a probe.
  let rulesOfProbe: [[Int]]
  /// By expression, the rules that could hold where it matches: each rule stands with the rarest of
  /// what it needs. By name, those that could hold where a signal is.
  let rulesOfTrigger: [[Int]]
  let rulesOfSignal: [String: [Int]]
  /// By probe, whether some of its expressions are looked for only once they are asked about.
  let isOnDemand: [Bool]
  /// By probe, whether it is looked up among digests.
  let isDigest: [Bool]
  /// All expressions that decide what a rule comes to, those of its exceptions and overrides too.
  let expressionsOfRule: [[Int]]
  /// Those that its condition looks at, and those of its exceptions.
  let conditionExpressionsOfRule: [[Int]]
  let exceptionExpressionsOfRule: [[Int]]
  /// By probe, the exceptions of the rules that look for it; nil where they may stand in another
  /// document than it.
  let exceptionsOfProbe: [[Int]?]
  /// By expression, whether all that is ever asked of it is that it be absent: the first match says
  /// it all.
  let isOnlyDenied: [Bool]
  /// Rules that are judged on every item.
  let rulesWithoutMatch: [Int]
  let generation: String

  init(
    ruleSet: RuleSet, options: MatcherOptions, program: PatternProgram, probes: [Probe],
    rules: [CompiledRule], lists: [DigestList], expressions: Int
  ) {
    self.ruleSet = ruleSet
    self.options = options
    self.program = program
    self.probes = probes
    self.rules = rules
    self.lists = lists
    generation = ruleSet.digest.description
    digestKinds = lists.reduce(into: []) { $0.formUnion($1.kinds) }

    var ofExpression: [[Int]] = Array(repeating: [], count: expressions)
    for (index, probe) in probes.enumerated() {
      for expression in probe.expressions { ofExpression[expression].append(index) }
    }
    probesOfExpression = ofExpression

    var ofProbe: [[Int]] = Array(repeating: [], count: probes.count)
    for (index, rule) in rules.enumerated() {
      for probe in Set(rule.probes) { ofProbe[probe].append(index) }
    }
    rulesOfProbe = ofProbe
    var ofTrigger: [[Int]] = Array(repeating: [], count: expressions)
    var ofSignal: [String: [Int]] = [:]
    let cost = program.entries.map(\.cost)
    for (index, rule) in rules.enumerated() {
      guard let hit = rule.need(probes).hittingSet(cost: cost) else {
        preconditionFailure("a rule's need can be missed")
      }
      for pattern in hit.patterns { ofTrigger[pattern].append(index) }
      for signal in hit.signals { ofSignal[signal, default: []].append(index) }
    }
    rulesOfTrigger = ofTrigger
    rulesOfSignal = ofSignal
    isOnDemand = probes.map { $0.expressions.contains { program.entries[$0].isOnDemand } }
    isDigest = probes.map { if case .digests = $0.source { true } else { false } }
    func looked(for some: [Int]) -> [Int] {
      Set(some.flatMap { probes[$0].expressions }).sorted()
    }
    expressionsOfRule = rules.map { looked(for: $0.mentioned) }
    conditionExpressionsOfRule = rules.map { looked(for: $0.probes) }
    exceptionExpressionsOfRule = rules.map { looked(for: $0.exceptions.flatMap(\.probes)) }
    var exceptions: [[Int]?] = Array(repeating: [], count: probes.count)
    for rule in rules where !rule.exceptions.isEmpty {
      let own = rule.exceptions.flatMap(\.probes)
      for probe in Set(rule.probes) {
        if rule.rule.scope == .item { exceptions[probe] = nil }
        exceptions[probe]?.append(contentsOf: own)
      }
    }
    exceptionsOfProbe = exceptions
    let onlyDenied = Self.onlyDenied(rules, probes: probes)
    isOnlyDenied = ofExpression.map { probes in probes.allSatisfy { onlyDenied[$0] } }
    rulesWithoutMatch = rules.indices.filter { rules[$0].standsWithoutMatch }
    facts = [
      "jit": program.jitInUse ? 1 : 0, "packs": ruleSet.packs.count, "rules": rules.count,
      "patterns": probes.count, "expressions": expressions, "lists": lists.count,
    ]
  }

  /// By probe, whether it stands in conditions only, and there only as what must be absent.
  private static func onlyDenied(_ rules: [CompiledRule], probes: [Probe]) -> [Bool] {
    var denied = probes.map { $0.validator == nil }
    for rule in rules {
      let others = rule.exceptions.flatMap(\.probes) + rule.overrides.compactMap(\.probe)
      for probe in others { denied[probe] = false }
      for pattern in rule.rule.condition.asked { denied[rule.probes[pattern]] = false }
    }
    return denied
  }

  /// Compiles all patterns and reads all lists of a rule set.
  ///
  /// Diagnostics are all that is wrong with expressions, validators, lists and embedded tests, at
  /// their places; with an error among them there is no matcher.
  package static func compile(_ rules: RuleSet, options: MatcherOptions = .init()) -> Compilation {
    var builder = MatcherBuilder(rules, options: options)
    let matcher = builder.build()
    var diagnostics = builder.diagnostics
    if let matcher, options.runTests { diagnostics += EmbeddedTests.run(matcher) }
    let failed = diagnostics.contains { $0.severity == .error }
    return Compilation(
      matcher: failed ? nil : matcher, diagnostics: DiagnosticBag.sort(diagnostics))
  }

  /// How one of a rule's patterns (by its index) is looked for, for a person; nil if there is none.
  package func plan(of rule: String, pattern index: Int) -> String? {
    guard let rule = rules.first(where: { $0.rule.id == rule }), rule.probes.indices.contains(index)
    else { return nil }
    switch probes[rule.probes[index]].source {
    case .digests(let list): return "looked up among \(lists[list].count) digests"
    case .expressions(let indices):
      if case .words = rule.rule.patterns[index].kind {
        return "a word list as \(indices.count) expressions"
      }
      return indices.map { program.plan(of: $0) }.joined(separator: "; ")
    }
  }
}

extension Condition {
  /// Patterns of which more is asked than that they be absent.
  fileprivate var asked: Set<Int> { asked(denied: false) }

  private func asked(denied: Bool) -> Set<Int> {
    switch self {
    case .pattern(let pattern): denied ? [] : [pattern]
    case .and(let operands), .or(let operands):
      operands.reduce(into: []) { $0.formUnion($1.asked(denied: denied)) }
    case .not(let operand): operand.asked(denied: !denied)
    case .atLeast(_, let patterns): Set(patterns)
    case .count(let pattern, _, _), .within(let pattern, _): [pattern]
    case .near(let first, let second, _), .before(let first, let second, _): [first, second]
    case .signal: []
    }
  }
}
