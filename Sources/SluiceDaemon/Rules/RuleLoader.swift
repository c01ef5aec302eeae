import SluiceCore
import SluiceMatch
import SluiceRules

/// What loading rules came to: everything that is wrong in one list, and a matcher where nothing is.
package struct RuleLoading: Sendable {
  package var ruleSet: RuleSet
  /// Nil with errors.
  package var matcher: Matcher?
  /// Of reading, compiling, policies and embedded tests, sorted by path and place.
  package var diagnostics: [Diagnostic]

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads packs and compiles them: what the daemon does at start and at a reload, and the commands
/// before they judge.
package enum RuleLoader {
  package struct Options: Sendable {
    /// Run the embedded tests unless `tested` knows this very set, or its packs have errors.
    package var runTests = true
    /// Sets whose embedded tests have passed before; nil remembers nothing.
    package var tested: TestCache?
    /// Where compiled rules are kept; nil compiles them.
    package var compiled: CompiledCache?
    package var knownVersions: [String: PackVersion] = [:]
    /// The config's `policies:` as written, to be checked against the packs.
    package var policies: YAMLValue?

    package init() {}
  }

  /// - Parameter paths: packs, directories of packs, directories of overrides.
  package static func load(
    paths: [String], config: Config, options: Options = Options(), clock: Clock
  ) -> RuleLoading {
    let bag = DiagnosticBag()
    let now = clock.now()
    let keys = config.trustedKeys.isEmpty ? [] : TrustedKey.read(config.trustedKeys, into: bag)
    let reading = PackReader.read(
      paths,
      options: PackReader.Options(
        trustedKeys: keys, requireSignatures: config.requireSignatures,
        knownVersions: options.knownVersions, allowDowngrade: config.allowDowngrade,
        lists: config.ruleLists, now: now))
    if let policies = options.policies {
      PolicyReader.check(policies, against: reading.ruleSet, into: bag)
    }
    let key = reading.hasErrors ? nil : options.tested?.key(for: reading.ruleSet.digest)
    let isTested = key.map { options.tested?.contains($0) ?? false } ?? false
    let compilation = Matcher.compile(
      reading.ruleSet,
      options: MatcherOptions(
        runTests: options.runTests && !isTested && !reading.hasErrors, now: now,
        memory: config.ruleMemory, forms: options.compiled?.forms))
    let all = DiagnosticBag.sort(bag.sorted + reading.diagnostics + compilation.diagnostics)
    let failed = all.contains { $0.severity == .error }
    if !failed, options.runTests, !isTested, let key { options.tested?.insert(key) }
    return RuleLoading(
      ruleSet: reading.ruleSet, matcher: failed ? nil : compilation.matcher, diagnostics: all)
  }
}
