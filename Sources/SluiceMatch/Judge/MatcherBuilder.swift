import SluiceCore
import SluiceRules

/// Gathers the patterns of all rules, exceptions and overrides into one program without doubles,
/// and everything that is wrong with them.
struct MatcherBuilder {
  private let ruleSet: RuleSet
  private let options: MatcherOptions
  private(set) var diagnostics: [Diagnostic] = []

  private var specs: [PatternSpec] = []
  private var specIndex: [PatternSpec: Int] = [:]
  /// Where each expression is written, to point a fault at.
  private var origins: [[TracedText]] = []
  private var probes: [Probe] = []
  private var probeIndex: [ProbeKey: Int] = [:]
  private var lists: [DigestList] = []
  private var listIndex: [String: Int] = [:]
  private var words: [String: [PatternSpec]] = [:]

  private struct ProbeKey: Hashable {
    var source: Probe.Source
    var validator: String?
    var argument: Double
  }

  init(_ ruleSet: RuleSet, options: MatcherOptions) {
    self.ruleSet = ruleSet
    self.options = options
  }

  mutating func build() -> Matcher? {
    var rules: [CompiledRule] = []
    for (index, pack) in ruleSet.packs.enumerated() {
      var exceptions: [String: CompiledRule.ExceptionUse] = [:]
      for exception in pack.exceptions {
        exceptions[exception.id] = .init(
          id: exception.id, probes: exception.patterns.compactMap { probe(for: $0) })
      }
      for rule in pack.rules { rules.append(compile(rule, pack: index, exceptions: exceptions)) }
    }
    for (spec, origins) in zip(specs, origins) {
      for scalar in UnspacedScripts.boundaries(in: spec.source) {
        for origin in origins {
          diagnostics.append(
            origin.span(at: scalar, length: 2).diagnostic(
              .warning, code: "boundary-unspaced",
              "\\b beside a script that is written without spaces hardly ever holds",
              hint: "leave the \\b out here"))
        }
      }
    }
    let (program, faults) = PatternProgram.compile(
      specs, needs: rules.map { $0.need(probes) }, options: EngineOptions(memory: options.memory),
      forms: options.forms)
    for (spec, fault) in faults {
      for origin in origins[spec] {
        diagnostics.append(
          origin.span(at: fault.scalar, length: fault.length)
            .diagnostic(code: fault.code, fault.message, hint: fault.hint))
      }
    }
    guard let program, !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    return Matcher(
      ruleSet: ruleSet, options: options, program: program, probes: probes, rules: rules,
      lists: lists, expressions: specs.count)
  }

  private mutating func compile(
    _ rule: Rule, pack: Int, exceptions: [String: CompiledRule.ExceptionUse]
  ) -> CompiledRule {
    // A pattern that cannot be compiled keeps its place, so that indices of the condition stay.
    let own = rule.patterns.map { probe(for: $0) ?? 0 }
    let except = rule.except.compactMap { exceptions[$0] }
    if !except.isEmpty {
      for probe in own where probes.indices.contains(probe) { probes[probe].needsSentence = true }
    }
    let overrides = ruleSet.overrides.filter { $0.rule == rule.id }.map { override in
      CompiledRule.OverrideUse(
        override: override, probe: override.pattern.flatMap { probe(for: $0) })
    }
    return CompiledRule(
      rule: rule, pack: pack, probes: own, exceptions: except, overrides: overrides,
      standsWithoutMatch: rule.condition.asksForSignal)
  }

  private mutating func probe(for pattern: Pattern) -> Int? {
    let source: Probe.Source
    switch pattern.kind {
    case .expression(let text, let freeSpacing):
      let spec = PatternSpec(
        source: text.text, freeSpacing: freeSpacing, caseSensitive: pattern.caseSensitive,
        views: pattern.views, capture: pattern.capture)
      source = .expressions([expression(spec, origin: text)])
    case .words(let file):
      guard let indices = wordList(file, pattern: pattern) else { return nil }
      source = .expressions(indices)
    case .digests(let file):
      guard let index = digestList(file) else { return nil }
      source = .digests(index)
    }
    let validator = pattern.validator.flatMap { resolve($0) }
    if pattern.validator != nil, validator == nil { return nil }
    let key = ProbeKey(
      source: source, validator: validator?.name, argument: pattern.validator?.argument ?? 0)
    if let known = probeIndex[key] { return known }
    probes.append(Probe(source: source, validator: validator, argument: key.argument))
    probeIndex[key] = probes.count - 1
    return probes.count - 1
  }

  private mutating func expression(_ spec: PatternSpec, origin: TracedText) -> Int {
    if let known = specIndex[spec] {
      origins[known].append(origin)
      return known
    }
    specs.append(spec)
    origins.append([origin])
    specIndex[spec] = specs.count - 1
    return specs.count - 1
  }

  private mutating func wordList(_ file: ListFile, pattern: Pattern) -> [Int]? {
    do throws(ListFailure) {
      let sources = try words(in: file)
      let origin = TracedText(text: "", runs: [.init(scalar: 0, span: file.span, advances: false)])
      return sources.map { spec in
        var spec = spec
        spec.caseSensitive = pattern.caseSensitive
        spec.views = pattern.views
        return expression(spec, origin: origin)
      }
    } catch {
      diagnostics.append(file.span.diagnostic(code: error.code, error.message))
      return nil
    }
  }

  private mutating func words(in file: ListFile) throws(ListFailure) -> [PatternSpec] {
    if let known = words[file.path] { return known }
    let specs = try WordList(file).expressions.map { source in
      PatternSpec(
        source: source, freeSpacing: false, caseSensitive: false, views: .all, capture: .number(0))
    }
    words[file.path] = specs
    return specs
  }

  private mutating func digestList(_ file: ListFile) -> Int? {
    if let known = listIndex[file.path] { return known }
    do throws(ListFailure) {
      lists.append(try DigestList(file))
    } catch {
      diagnostics.append(file.span.diagnostic(code: error.code, error.message))
      return nil
    }
    listIndex[file.path] = lists.count - 1
    return lists.count - 1
  }

  private mutating func resolve(_ use: ValidatorUse) -> Validator? {
    guard let validator = ValidatorRegistry.named(use.name) else {
      diagnostics.append(
        use.span.diagnostic(
          code: "unknown-validator", "there is no validator '\(use.name)'",
          hint: Suggestion.hint(use.name, in: ValidatorRegistry.names)))
      return nil
    }
    if let fault = validator.fault(argument: use.argument) {
      diagnostics.append(use.span.diagnostic(code: "validator-argument", fault))
      return nil
    }
    return validator
  }
}

extension Validator {
  /// What is wrong with an argument; nil if nothing.
  func fault(argument value: Double?) -> String? {
    switch (argument, value) {
    case (nil, nil): return nil
    case (nil, .some): return "the validator '\(name)' takes no argument"
    case (let range?, nil):
      return
        "the validator '\(name)' needs a number from \(range.lowerBound) to \(range.upperBound)"
    case (let range?, let value?):
      return range.contains(value)
        ? nil
        : "the argument of '\(name)' is a number from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

extension Condition {
  /// Whether it can hold on a signal, with no pattern matching.
  var asksForSignal: Bool {
    switch self {
    case .signal: true
    case .and(let operands), .or(let operands): operands.contains(where: \.asksForSignal)
    case .not(let operand): operand.asksForSignal
    default: false
    }
  }
}
