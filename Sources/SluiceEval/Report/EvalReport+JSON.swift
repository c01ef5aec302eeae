import SluiceCore

extension EvalReport {
  /// Everything, as one object.
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("format", .int(1)),
      .init("version", .string(SluiceVersion.text)),
      .init("generation", .string(generation)), .init("packs", .int(packs)),
      .init("rules", .int(rules)),
      .init("profiles", .array(profiles.map { .string($0) })),
      .init("least_rows_for_rates", .int(EvalRules.leastRows)),
      .init("headline", evaluation.headline.json),
      .init("near_duplicates", evaluation.duplicates.json),
      .init("curve", evaluation.headline.curve.json),
      .init("sources", .array(sources.map(json))),
    ]
    for dimension in Dimension.allCases where dimension != .rule && dimension != .dataset {
      members.append(.init("by_" + dimension.rawValue, .array(slices(dimension).map(json))))
    }
    members.append(
      .init("by_rule", .array(rulesByUse.map { $0.tally.json(rule: $0.rule) })))
    members.append(.init("evade", .array(evaluation.disguises.map(\.json))))
    if let benign { members.append(.init("benign", benign.json(shown: shown))) }
    return .object(members)
  }

  private func json(_ slice: (name: String, tally: Tally)) -> JSON {
    guard case .object(let members) = slice.tally.json else { return .null }
    return .object([.init("name", .string(slice.name))] + members)
  }

  private func json(_ source: (name: String, tally: SourceTally)) -> JSON {
    guard case .object(let members) = source.tally.total.json else { return .null }
    let harms = source.tally.byHarm.sorted { $0.key < $1.key }.map { harm -> JSON in
      guard case .object(let members) = harm.value.json else { return .null }
      let packs = evaluation.options.map.packs(of: harm.key)
      return .object(
        [
          .init("harm", .string(harm.key)),
          .init("packs", packs.map { .array($0.map { .string($0) }) } ?? .null),
        ] + members)
    }
    return .object(
      [.init("source", .string(source.name))] + members + [
        .init("near_duplicates", source.tally.duplicates.json),
        .init("curve", source.tally.total.curve.json), .init("harms", .array(harms)),
        .init("misses", samples(source.tally.misses)),
        .init("false_alarms", samples(source.tally.falseAlarms)),
      ])
  }

  private func samples(_ sampler: Sampler) -> JSON {
    .array(sampler.samples.map { Sampler.json($0, shown: shown) })
  }
}
