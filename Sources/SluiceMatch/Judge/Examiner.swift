// SluiceMatch, judging: text and digests of one item in, findings, scores and a verdict out.
// Trusts: the compiled generation; nothing in the text, which only ever counts as bytes to match.
// Never: opens the item, moves anything, or lets a shadow finding near the verdict.

import SluiceCore
import SluiceRules

/// Judges one item after another; one a worker, with its own scratch, which it keeps.
package final class Examiner: TextSink {
  let matcher: Matcher
  var store: MatchStore
  var text = SegmentText()
  /// Maps of the open segment's other views, to byte offsets of `text`.
  var viewPieces: [View: [(Int, Int, OffsetMap)]] = [:]
  var context = ItemContext(name: [])
  var gaps: [Unexamined] = []
  var activation: Activation
  /// The view whose matches are being reported.
  var current = View.text
  /// A pattern matched more often in the open segment than is kept.
  var overflowed = false
  /// Patterns of which nothing more is kept in the open segment.
  var full: Set<Int> = []
  /// Nothing more is kept of the item.
  var isFull = false
  /// Whether offsets of the open segment lead to bytes of the item.
  var hasOrigin = true
  /// The newest sentence that was searched for addresses.
  var lastSentence: (range: Range<Int>, hasAddress: Bool)?

  /// Confirms only what could make a rule hold. Without it every match is known, as near misses
  /// need it; what is decided is the same.
  package var prunes = true
  /// The open document, as long as it is kept whole.
  var document = BufferedDocument()
  var isKept = false
  var presence: Presence
  /// Whether `wanted` says what to confirm, and the expressions for which it says yes.
  var isChosen = false
  var wanted: [Bool]
  var wantedNow: [Int] = []
  /// Documents for which it was asked which rules could hold, and of each rule the last such one.
  var asked = 0
  var askedOf: [Int]
  /// Rules that could hold on the document, and what is asked about to find out.
  var living: LivingRules
  var queue: [Queued] = []
  /// Of each expression the last document for which it was queued, and asked about.
  var queuedAt: [Int]
  var settledAt: [Int]
  /// Of each probe that is looked for on demand, the last document for which that was begun.
  var toldAt: [Int]
  /// Wanted patterns that no candidates are listed of.
  var unlisted: [Int] = []
  /// Probes that need only be absent, and are there.
  var denials: Set<Int> = []
  var stretches = (first: Stretches(), second: Stretches())
  let collector = MatchCollector()
  /// Some text of the document has too many candidates to be kept at once.
  var isOverfull = false
  /// The open segment's text, where nothing has asked for a place in it yet.
  var unread: BufferedDocument.Text?

  private var scanners: [View: PatternScanner] = [:]
  private var begun: Set<View> = []
  private var segmentOpen = false
  private var documentOpen = false
  private var nameDone = false
  private(set) var outcome: Outcome?
  private(set) var matches = 0

  /// What an override says is left aside: embedded tests judge packs as they are written.
  var appliesOverrides = true

  package init(matcher: Matcher) {
    self.matcher = matcher
    store = MatchStore(probes: matcher.probes.count)
    let expressions = matcher.probesOfExpression.count
    presence = Presence(probes: matcher.probes.count, expressions: expressions)
    living = LivingRules(rules: matcher.rules.count)
    queuedAt = Array(repeating: 0, count: expressions)
    settledAt = queuedAt
    toldAt = Array(repeating: 0, count: matcher.probes.count)
    askedOf = Array(repeating: 0, count: matcher.rules.count)
    wanted = Array(repeating: false, count: expressions)
    activation = Activation(matcher, policy: .standard)
  }

  package func begin(item: ItemContext) {
    store.reset()
    gaps.removeAll(keepingCapacity: true)
    context = item
    if !activation.fits(item.policy) { activation = Activation(matcher, policy: item.policy) }
    segmentOpen = false
    documentOpen = false
    nameDone = false
    document.reset()
    (isKept, isChosen, unread) = (false, false, nil)
    outcome = nil
    matches = 0
    isFull = false
    full.removeAll(keepingCapacity: true)
    for scanner in scanners.values { scanner.resetWork() }
  }

  package func begin(document: DocumentInfo) {
    if documentOpen { endDocument() }
    store.begin(document: document.path)
    documentOpen = true
    self.document.reset()
    isKept = true
    if !nameDone { judgeName(document: document.path) }
  }

  package func begin(segment: SegmentInfo) {
    if !documentOpen { begin(document: DocumentInfo(path: segment.path)) }
    open(
      .init(
        path: segment.path, part: segment.part, reading: segment.reading,
        hasPlaces: segment.part != .name), hasOrigin: segment.hasOrigin)
  }

  package func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    if isKept {
      if document.append(.text, bytes, map) { return }
      spill()
    }
    text.append(bytes, map: map)
    feed(.text, bytes, last: last)
  }

  package func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    guard view != .text else { return text(bytes, map: map, last: last) }
    if isKept {
      if document.append(view, bytes, map) { return }
      spill()
    }
    let start = viewPieces[view]?.last?.1 ?? 0
    viewPieces[view, default: []].append((start, start + bytes.count, map))
    forgetPieces(of: view, before: start - SegmentText.keptBytes)
    feed(view, bytes, last: last)
  }

  /// Forgets the pieces of a view that end where no match can be any more; many at once.
  private func forgetPieces(of view: View, before end: Int) {
    let isDue = viewPieces[view].map { $0.count > 512 && $0[255].1 < end } ?? false
    if isDue { viewPieces[view]?.removeFirst(256) }
  }

  package func reach(in view: View) -> Int { matcher.program.reach(in: view) }

  package func signal(_ signal: Signal) {
    if !documentOpen {
      begin(document: DocumentInfo(path: displayName))
    }
    store.insert(signal, document: store.documents.count - 1)
  }

  package func endSegment() {
    guard segmentOpen else { return }
    segmentOpen = false
    if !isKept { closeNow() }
  }

  func closeNow() {
    // A segment that broke off has no last piece: what was held back is matched now.
    for view in begun.sorted(by: { $0.rawValue < $1.rawValue }) {
      feed(view, UnsafeRawBufferPointer(start: nil, count: 0), last: true)
    }
    if overflowed {
      gap("more than \(matcher.options.matchesPerPattern) matches of one pattern")
    }
    matches += store.openMatches
    full.removeAll(keepingCapacity: true)
    store.endSegment()
  }

  package func endDocument() {
    guard documentOpen else { return }
    if segmentOpen { endSegment() }
    if isKept { resolve() }
    isKept = false
    store.endDocument()
    documentOpen = false
  }

  /// The verdict on the item; `allowances` gives the ids of rules (and the codes of causes in
  /// `unexamined`) that a release allowed for this digest.
  package func finish(
    _ extraction: ExtractionSummary, digests: ItemDigests,
    allowances: (Digest) -> Set<String> = { _ in [] }
  ) -> Decision {
    if !nameDone { begin(document: DocumentInfo(path: displayName)) }
    endDocument()
    context.allowed.formUnion(allowances(digests.sha256))
    let held = digestProbes(digests)
    var finder = HitFinder(
      matcher: matcher, store: store, context: context, activation: activation, digests: held,
      sha256: digests.sha256, appliesOverrides: appliesOverrides)
    finder.run()
    let outcome = Outcome(
      matcher: matcher, context: context, hits: finder.hits, near: finder.candidates,
      digests: held, itemPath: displayName, unexamined: extraction.unexamined + gaps,
      store: store)
    self.outcome = outcome
    let judgement = outcome.judgement(without: [])
    return Decision(
      verdict: judgement.verdict, scores: judgement.scores, findings: outcome.recorded(judgement),
      examined: extraction.examined, decoders: extraction.decoders,
      examinedBytes: extraction.examinedBytes, segments: extraction.segments,
      unexamined: outcome.unexamined, policy: context.policy.reportedName,
      generation: matcher.generation, reasons: judgement.reasons, work: work())
  }

  /// The verdict the finished item would have had without these rules.
  package func verdict(without rules: Set<String>) -> Verdict {
    outcome?.judgement(without: rules).verdict ?? .pass
  }

  /// Why, for the item that was finished last.
  package func explanation() -> Explanation {
    guard let outcome else { return Explanation() }
    return outcome.explanation(store: store)
  }

  var displayName: String { String(decoding: context.name, as: UTF8.self) }

  func gap(_ detail: String, at segment: String? = nil) {
    let path = segment ?? store.segments.last?.path ?? displayName
    guard gaps.last?.segment != path || gaps.last?.detail != detail else { return }
    gaps.append(Unexamined(segment: path, cause: .engineLimit, detail: detail))
  }

  private func open(_ segment: MatchStore.Segment, hasOrigin: Bool) {
    if segmentOpen { endSegment() }
    segmentOpen = true
    if isKept {
      document.begin(segment, hasOrigin: hasOrigin)
    } else {
      openNow(segment, hasOrigin: hasOrigin)
    }
  }

  func openNow(_ segment: MatchStore.Segment, hasOrigin: Bool) {
    self.hasOrigin = hasOrigin
    text.reset()
    viewPieces.removeAll(keepingCapacity: true)
    begun.removeAll(keepingCapacity: true)
    overflowed = false
    lastSentence = nil
    store.begin(segment: segment)
  }

  /// The item's name is judged too, as a segment of its first document.
  private func judgeName(document: String) {
    nameDone = true
    open(
      .init(path: "\(document) > name", part: .name, reading: nil, hasPlaces: false),
      hasOrigin: false)
    let repaired = Array(displayName.utf8)
    repaired.withUnsafeBytes { text($0, map: OffsetMap(), last: true) }
    endSegment()
  }

  func scanner(for view: View) -> PatternScanner {
    if let known = scanners[view] { return known }
    let scanner = PatternScanner(program: matcher.program, budget: WorkBudget())
    scanners[view] = scanner
    return scanner
  }

  func feed(_ view: View, _ bytes: UnsafeRawBufferPointer, last: Bool) {
    let scanner = scanner(for: view)
    if begun.insert(view).inserted { scanner.begin(view: view) }
    current = view
    scanner.feed(bytes, last: last, to: self)
    if last {
      begun.remove(view)
      if let cause = scanner.exhausted { gap("the matching engine stopped: \(cause)") }
    }
  }

  private func digestProbes(_ digests: ItemDigests) -> Set<Int> {
    guard !matcher.lists.isEmpty else { return [] }
    var hits: Set<Int> = []
    for (index, list) in matcher.lists.enumerated() {
      do throws(ListFailure) {
        if try list.contains(digests) { hits.insert(index) }
      } catch {
        gaps.append(
          Unexamined(segment: displayName, cause: .engineLimit, detail: error.message))
      }
    }
    guard !hits.isEmpty else { return [] }
    return Set(
      matcher.probes.indices.filter {
        if case .digests(let list) = matcher.probes[$0].source {
          hits.contains(list)
        } else {
          false
        }
      })
  }

  private func work() -> [String: Int] {
    var counters = ["matches": matches]
    for scanner in scanners.values {
      for (name, count) in scanner.work.named { counters[name, default: 0] += count }
    }
    return counters
  }
}

extension Policy {
  /// The name that records carry; nil for the default policy.
  var reportedName: String? { name == Policy.standard.name ? nil : name }
}
