import SluiceCore
import SluiceRules

/// Makes findings with their places out of hits.
struct FindingBuilder {
  /// Places that a finding lists, at most.
  static let mostPlaces = 32

  let matcher: Matcher
  let context: ItemContext
  let store: MatchStore
  let itemPath: String

  func finding(_ hit: RuleHit) -> Finding {
    let compiled = matcher.rules[hit.rule]
    let pack = matcher.ruleSet.packs[compiled.pack]
    return Finding(
      rule: compiled.rule.id, pack: pack.id, packVersion: pack.version.description, harm: pack.id,
      severity: hit.severity, score: hit.score, group: compiled.rule.group,
      loweredBy: hit.loweredBy, forced: compiled.rule.action, sealed: compiled.rule.sealed,
      disarmed: context.disarmed.contains(compiled.rule.id), places: places(hit, compiled))
  }

  func spots(_ hit: RuleHit) -> [ActingFinding.Spot] {
    guard !hit.everywhere else { return [] }
    return hit.supports.filter { store.segments[$0.segment].hasPlaces }.flatMap { support in
      support.records.map { entry in
        let record = store.records[entry.record]
        return ActingFinding.Spot(
          document: support.document, segment: support.segment, character: record.from,
          line: record.line)
      }
    }
  }

  /// It has no place, lies across segments, or lies in a name.
  func countsEverywhere(_ hit: RuleHit) -> Bool {
    hit.everywhere || hit.supports.contains { !store.segments[$0.segment].hasPlaces }
  }

  /// One place of each pattern first, then more of them, in order.
  private func places(_ hit: RuleHit, _ compiled: CompiledRule) -> [Place] {
    var places = hit.placeless.map { pattern in
      Place(
        pattern: compiled.names[pattern], segment: itemPath, view: .text, line: nil, column: nil,
        offset: nil, length: nil, excerpt: "")
    }
    var chosen: [(segment: Int, pattern: Int, record: Int)] = []
    var seen: Set<Int> = []
    var rest: [(segment: Int, pattern: Int, record: Int)] = []
    var shown: [Int: Set<ReadingOrigin>] = [:]
    for support in hit.supports {
      let info = store.segments[support.segment]
      for entry in support.records {
        if info.reading != nil, store.records[entry.record].offset >= 0 {
          let origin = ReadingOrigin(path: info.path, offset: store.records[entry.record].offset)
          guard shown[entry.pattern, default: []].insert(origin).inserted else { continue }
        }
        let place = (support.segment, entry.pattern, entry.record)
        if seen.insert(entry.pattern).inserted { chosen.append(place) } else { rest.append(place) }
        if rest.count >= Self.mostPlaces, seen.count == compiled.probes.count { break }
      }
    }
    chosen += rest.prefix(max(0, Self.mostPlaces - chosen.count - places.count))
    chosen.sort {
      ($0.segment, store.records[$0.record].start) < ($1.segment, store.records[$1.record].start)
    }
    places += chosen.map { place($0.record, $0.segment, compiled.names[$0.pattern], compiled) }
    return places
  }

  private func place(
    _ index: Int, _ segment: Int, _ pattern: String, _ compiled: CompiledRule
  ) -> Place {
    let record = store.records[index]
    let info = store.segments[segment]
    return Place(
      pattern: pattern, segment: info.path, view: record.view,
      line: info.hasPlaces ? record.line : nil, column: info.hasPlaces ? record.column : nil,
      offset: record.offset >= 0 ? record.offset : nil,
      length: record.offset >= 0 ? record.length : nil,
      excerpt: compiled.rule.sealed ? "" : store.excerpt(of: record))
  }
}
