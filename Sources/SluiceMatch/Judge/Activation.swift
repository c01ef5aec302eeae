import SluiceRules

/// Which rules count under a policy, and which expressions need to be looked for.
struct Activation {
  let packs: [String]
  let profiles: [String]
  let rules: [Bool]
  let expressions: [Bool]

  init(_ matcher: Matcher, policy: Policy) {
    packs = policy.packs
    profiles = policy.profiles
    let rules = matcher.rules.map { rule in
      let pack = matcher.ruleSet.packs[rule.pack].id
      let profiles = rule.rule.profiles
      return (policy.packs.isEmpty || policy.packs.contains(pack))
        && (profiles.isEmpty || profiles.contains(where: policy.profiles.contains))
    }
    var expressions = Array(repeating: false, count: matcher.probesOfExpression.count)
    for (index, rule) in matcher.rules.enumerated() where rules[index] {
      for probe in rule.mentioned {
        for expression in matcher.probes[probe].expressions { expressions[expression] = true }
      }
    }
    self.rules = rules
    self.expressions = expressions
  }

  func fits(_ policy: Policy) -> Bool { packs == policy.packs && profiles == policy.profiles }
}
