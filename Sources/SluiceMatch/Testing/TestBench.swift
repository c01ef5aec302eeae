import Crypto
import SluiceCore
import SluiceRules

/// One examiner that judges texts as if each had been dropped as a file.
final class TestBench {
  let matcher: Matcher
  private let examiner: Examiner
  private let policy: Policy
  private var last: (text: String, rule: Rule?) = ("", nil)

  init(_ matcher: Matcher) {
    self.matcher = matcher
    examiner = Examiner(matcher: matcher)
    examiner.appliesOverrides = false
    var policy = Policy.standard
    policy.profiles = Array(Set(matcher.rules.flatMap(\.rule.profiles))).sorted()
    self.policy = policy
  }

  /// Judges a text. A rule that asks for a part of a document, or for a signal, is given it, and
  /// every profile is on; without a rule, the standard policy decides.
  @discardableResult func judge(_ text: String, for rule: Rule?) -> Verdict {
    last = (text, rule)
    let policy = rule == nil ? Policy.standard : self.policy
    examiner.begin(item: ItemContext(name: [], source: "test", policy: policy))
    examiner.begin(document: DocumentInfo(path: "test"))
    let asked = rule.map(asked(by:)) ?? (parts: [], signals: [])
    for signal in asked.signals { examiner.signal(signal) }
    var text = text
    text.withUTF8 { bytes in
      for part in [SegmentInfo.Part.body] + asked.parts {
        examiner.begin(segment: SegmentInfo(path: "test", part: part))
        examiner.text(UnsafeRawBufferPointer(bytes), map: OffsetMap(), last: true)
        examiner.endSegment()
      }
    }
    examiner.endDocument()
    return examiner.finish(
      ExtractionSummary(examined: .text), digests: digests(of: text)
    ).verdict
  }

  var hits: [RuleHit] { examiner.outcome?.hits ?? [] }

  func hit(_ rule: Int) -> RuleHit? { hits.first { $0.rule == rule } }

  /// Which parts of a rule's condition failed on the text judged last.
  func failures(_ rule: Int) -> [String] {
    let compiled = matcher.rules[rule]
    // Once more with all matches, also those that could not make it hold.
    examiner.prunes = false
    defer { examiner.prunes = true }
    judge(last.text, for: last.rule)
    let digests = examiner.outcome?.digests ?? []
    return HitFinder.grounds(of: compiled.rule.scope, store: examiner.store, digests: digests)
      .flatMap { _, ground in
        Failure(
          evaluation: Evaluation(ground: ground, probes: compiled.probes), names: compiled.names
        ).parts(of: compiled.rule.condition)
      }
  }

  /// What a finding stands on, at most a few places.
  func evidence(_ hit: RuleHit) -> [String] {
    let names = matcher.rules[hit.rule].names
    return hit.supports.flatMap(\.records).prefix(4).map { entry in
      let record = examiner.store.records[entry.record]
      return "\(names[entry.pattern]) matched '\(examiner.store.excerpt(of: record))'"
    }
  }

  /// The text with the texts of exceptions before and after it: each of the rule's own, then all of
  /// the pack's together. A line break is no end of a sentence, so an exception reaches the text;
  /// and what the text's lines begin and end with stays as it is.
  func pasted(_ text: String, _ rule: Int) -> [(exception: String, text: String)] {
    let compiled = matcher.rules[rule]
    let exceptions = matcher.ruleSet.packs[compiled.pack].exceptions
    let own = exceptions.filter { compiled.rule.except.contains($0.id) }
    var pasted: [(exception: String, text: String)] = []
    for exception in own.flatMap(\.match).map(\.text) {
      pasted.append((exception, "\(exception)\n\(text)"))
      pasted.append((exception, "\(text)\n\(exception)"))
    }
    if !exceptions.isEmpty {
      let all = exceptions.flatMap(\.match).map(\.text).joined(separator: " ")
      pasted.append((all, "\(all)\n\(text)\n\(all)"))
    }
    return pasted
  }

  private func asked(by rule: Rule) -> (parts: [SegmentInfo.Part], signals: [Signal]) {
    var parts: Set<SegmentInfo.Part> = []
    var signals: Set<String> = []
    rule.condition.visit { condition in
      if case .within(_, let part) = condition { parts.insert(part) }
      if case .signal(let name) = condition { signals.insert(name) }
    }
    parts.remove(.body)
    return (
      parts.sorted { $0.rawValue < $1.rawValue },
      Signal.allCases.filter { signals.contains($0.rawValue) }
    )
  }

  private func digests(of text: String) -> ItemDigests {
    guard !matcher.lists.isEmpty else { return ItemDigests(sha256: Self.none) }
    let bytes = Array(text.utf8)
    return ItemDigests(
      sha256: SluiceCore.Digest(bytes: Array(SHA256.hash(data: bytes))) ?? Self.none,
      sha1: Array(Insecure.SHA1.hash(data: bytes)), md5: Array(Insecure.MD5.hash(data: bytes)))
  }

  private static let none: SluiceCore.Digest = {
    guard let digest = SluiceCore.Digest(bytes: [UInt8](repeating: 0, count: 32)) else {
      preconditionFailure("32 bytes are a digest")
    }
    return digest
  }()
}

extension Condition {
  fileprivate func visit(_ body: (Condition) -> Void) {
    body(self)
    switch self {
    case .and(let operands), .or(let operands): for operand in operands { operand.visit(body) }
    case .not(let operand): operand.visit(body)
    default: break
    }
  }
}
