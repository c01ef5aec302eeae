import SluiceCore

/// Finds all matches of all patterns in one view of one segment at a time. One a thread; its memory
/// is used again.
///
/// The text comes in pieces; a small one that is whole is read in place, others in windows that
/// overlap by as much as any pattern can look at, so that no border changes a result.
package final class PatternScanner {
  let program: PatternProgram
  private let budget: WorkBudget
  private let matching: MatchScratch
  private let list: CandidateList
  /// For texts that come in pieces, and for those that are kept whole; made when first needed.
  private lazy var streaming = SearchScratch(program.tables, of: program)
  private lazy var keeping =
    program.selected === program.tables
    ? streaming : SearchScratch(program.selected, of: program)
  /// What the present view is searched with.
  private var isWhole = false
  private var view = View.text
  private var buffer: [UInt8] = []
  /// Offset in the view of the buffer's first byte, and of the next start to look at.
  private var base = 0
  private var next = 0
  private var fed = 0
  /// Units of work that the view has cost.
  private(set) var spent = 0

  package private(set) var work = WorkCounters()
  /// Why the present view was not matched to its end; nil where it was.
  package private(set) var exhausted: ExhaustedCause?

  /// Bytes around a match that a receiver can count on.
  private static let context = 4096
  /// Starts that are looked at in one go, and the most bytes kept before they are.
  static let stride = 1 << 16
  private static let window = 1 << 18
  /// Starts that PCRE2 is asked about in one call.
  private static let startsPerCall = 4096

  package init(program: PatternProgram, budget: WorkBudget = WorkBudget()) {
    self.program = program
    self.budget = budget
    matching = MatchScratch(groups: program.groups)
    list = CandidateList(patterns: program.entries.count)
  }

  private var tables: SearchTables { isWhole ? program.selected : program.tables }

  /// Forgets the work counted so far.
  package func resetWork() { work = WorkCounters() }

  /// A view of a segment begins.
  package func begin(view: View) {
    self.view = view
    isWhole = false
    buffer.removeAll(keepingCapacity: true)
    (base, next, fed, spent) = (0, 0, 0, 0)
    exhausted = nil
  }

  /// A view begins that is in memory as a whole, of so many bytes.
  ///
  /// - Parameter spent: units of work that the same view cost before.
  func begin(view: View, whole count: Int, spent: Int = 0) {
    begin(view: view)
    isWhole = true
    fed = count
    self.spent = spent
  }

  /// More of the view: whole characters of valid UTF-8. `last` ends the view.
  package func feed(
    _ bytes: UnsafeRawBufferPointer, last: Bool, to receiver: any MatchReceiver
  ) {
    guard exhausted == nil else { return }
    fed += bytes.count
    if last, buffer.isEmpty, base == 0 {
      match(in: bytes, isLast: true, to: receiver)
      return
    }
    // A large piece is taken in slices, so that no more than a window is ever kept.
    var rest = bytes[...]
    while !rest.isEmpty, exhausted == nil {
      var count = min(Self.window, rest.count)
      // The window that PCRE2 sees must end with a whole character.
      if count < rest.count {
        while count > 1, rest[rest.startIndex + count] & 0xC0 == 0x80 { count -= 1 }
      }
      buffer.append(contentsOf: rest.prefix(count))
      rest = rest.dropFirst(count)
      if buffer.count >= Self.window + 2 * margin { slide(to: receiver) }
    }
    if last, exhausted == nil {
      buffer.withUnsafeBytes { match(in: $0, isLast: true, to: receiver) }
      buffer.removeAll(keepingCapacity: true)
    }
  }

  /// What is kept before and behind the starts that are looked at.
  private var margin: Int {
    max(Self.context + program.widest, program.widest + program.farthest) + 8
  }

  private func slide(to receiver: any MatchReceiver) {
    buffer.withUnsafeBytes { match(in: $0, isLast: false, to: receiver) }
    let keep = max(base, next - margin)
    buffer.removeFirst(keep - base)
    base = keep
  }

  /// Looks at the starts from `next` on that have enough text behind them.
  private func match(
    in window: UnsafeRawBufferPointer, isLast: Bool, to receiver: any MatchReceiver
  ) {
    let end = isLast ? window.count : aligned(window.count - margin, in: window)
    let context = MatchContext(window: window, base: base, isFirst: base == 0, isLast: isLast)
    var start = next - base
    while start < end, exhausted == nil {
      let stop = min(end, aligned(start + Self.stride, in: window))
      candidates(from: start, to: stop, context: context, receiver: receiver)
      start = stop
    }
    next = base + max(start, next - base)
  }

  /// The start of the character that holds byte `offset`.
  func aligned(_ offset: Int, in window: UnsafeRawBufferPointer) -> Int {
    var offset = min(offset, window.count)
    while offset > 0, offset < window.count, window[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }

  private func candidates(
    from start: Int, to stop: Int, context: MatchContext, receiver: any MatchReceiver
  ) {
    list.removeAll()
    find(from: start, to: stop, in: context.window, into: list)
    confirm(list, from: start, to: stop, context: context, receiver: receiver)
  }

  /// Adds all candidates that start in `start..<stop` to a list.
  func find(
    from start: Int, to stop: Int, in text: UnsafeRawBufferPointer, into list: CandidateList
  ) {
    work.bytesScanned += stop - start
    let reach = aligned(stop + program.widest + program.farthest + 64, in: text)
    let from = aligned(max(0, start - program.farthest), in: text)
    let scratch = isWhole ? keeping : streaming
    let result = scratch.scan(
      text, start: start, stop: stop, from: from, reach: reach, into: list)
    if result != 0 { exhausted = .prefilter(code: result) }
  }

  /// Confirms what a list holds of `start..<stop`, and searches there for the patterns that no
  /// candidates are known of.
  func confirm(
    _ list: CandidateList, from start: Int, to stop: Int, context: MatchContext,
    receiver: any MatchReceiver
  ) {
    for pattern in program.slow {
      confirm(slow: pattern, of: list, from: start, to: stop, context: context, receiver: receiver)
    }
    for pattern in list.touched {
      confirm(Int(pattern), of: list, context: context, receiver: receiver)
    }
  }

  /// Searches a stretch for a pattern that no candidates are known of.
  func confirm(
    slow pattern: Int, of list: CandidateList, from start: Int, to stop: Int,
    context: MatchContext, receiver: any MatchReceiver
  ) {
    guard start < stop, isWanted(pattern, by: receiver) else { return }
    if let starts = tables.triggers?.start(of: pattern) {
      var word = 0
      _ = confirm(
        pattern, starts, in: start...stop - 1, of: list, from: &word, context: context,
        receiver: receiver)
      return
    }
    search(pattern, starts: start...stop - 1, context: context, receiver: receiver)
  }

  private func isWanted(_ pattern: Int, by receiver: any MatchReceiver) -> Bool {
    exhausted == nil && program.entries[pattern].views.contains(ViewSet(view))
      && receiver.wants(pattern: pattern)
  }

  /// Asks PCRE2 about all candidates of a pattern, about no start twice.
  func confirm(
    _ pattern: Int, of list: CandidateList, context: MatchContext, receiver: any MatchReceiver
  ) {
    guard isWanted(pattern, by: receiver) else { return }
    let isExact = program.entries[pattern].isExact
    let starts = tables.triggers?.start(of: pattern)
    var word = 0
    var next = 0
    list.forEach(of: pattern) { lower, upper in
      work.candidates += 1
      let lower = max(lower, next)
      guard lower <= upper else { return true }
      next = upper + 1
      if let starts {
        return confirm(
          pattern, starts, in: lower...upper, of: list, from: &word, context: context,
          receiver: receiver)
      }
      return isExact
        ? match(pattern, at: lower, context: context, receiver: receiver)
        : search(pattern, starts: lower...upper, context: context, receiver: receiver)
    }
  }

  /// Asks PCRE2 about the places of a stretch at which a pattern can begin.
  ///
  /// - Parameter word: the first of the list's words to look at, in and out.
  /// - Returns: whether more of the pattern is wanted.
  private func confirm(
    _ pattern: Int, _ use: StartUse, in stretch: ClosedRange<Int>, of list: CandidateList,
    from word: inout Int, context: MatchContext, receiver: any MatchReceiver
  ) -> Bool {
    guard let triggers = tables.triggers,
      let text = context.window.baseAddress?.assumingMemoryBound(to: UInt8.self)
    else { return true }
    let search = StartSearch(
      text: text, count: context.window.count, bits: triggers.startBits + Int(use.bits),
      sequences: UnsafeBufferPointer(
        start: triggers.startSequences + Int(use.first), count: Int(use.count)),
      gates: program.gates)
    var at = stretch.lowerBound
    while let found = search.next(from: at, to: stretch.upperBound, among: list, word: &word) {
      at = found + 1
      guard program.gates.isOpen(pattern, text, count: context.window.count, at: found) else {
        continue
      }
      guard match(pattern, at: found, context: context, receiver: receiver) else { return false }
    }
    return true
  }

  /// Asks PCRE2 for the match of a pattern that begins at one start.
  /// - Returns: whether more of the pattern is wanted.
  private func match(
    _ pattern: Int, at start: Int, context: MatchContext, receiver: any MatchReceiver
  ) -> Bool {
    let entry = program.entries[pattern]
    work.confirmations += 1
    let result = matching.match(entry.code, in: context.window, at: start)
    spend(entry.analysis.width, pattern: pattern)
    guard exhausted == nil, result != -1 else { return exhausted == nil }
    guard result > 0 else {
      exhausted = .engine(pattern: pattern, code: result)
      return false
    }
    return report(pattern, entry.code.group, context: context, receiver: receiver)
  }

  /// Hands out the last match.
  /// - Returns: whether more of the pattern is wanted.
  private func report(
    _ pattern: Int, _ group: Int, context: MatchContext, receiver: any MatchReceiver
  ) -> Bool {
    work.matches += 1
    let group = matching.group(group)
    receiver.matched(
      RawMatch(
        pattern: pattern, start: context.base + matching.start,
        end: context.base + matching.end,
        captureStart: group.map { context.base + $0.lowerBound } ?? -1,
        captureEnd: group.map { context.base + $0.upperBound } ?? -1), context: context)
    return receiver.wants(pattern: pattern)
  }

  /// Asks PCRE2 for every match of a pattern that begins in a stretch.
  /// - Returns: whether more of the pattern is wanted.
  @discardableResult
  private func search(
    _ pattern: Int, starts: ClosedRange<Int>, context: MatchContext, receiver: any MatchReceiver
  ) -> Bool {
    let entry = program.entries[pattern]
    let window = context.window
    let width = entry.analysis.width
    var at = forward(starts.lowerBound, in: window)
    // PCRE2's match limit is for one call over all its starts, so a call that meets it is tried
    // again with fewer, down to one: only a start that is too much by itself is a cause to hold.
    var reach = Self.startsPerCall
    while at <= starts.upperBound {
      work.confirmations += 1
      let upper = min(starts.upperBound, at + reach - 1)
      let result = matching.search(entry.code, in: window, starts: at...upper)
      let seen = (result > 0 ? matching.start : upper) - at + 1
      spend(seen * width, pattern: pattern)
      guard exhausted == nil else { return false }
      if result == -1 {
        at = forward(upper + 1, in: window)
        reach = min(Self.startsPerCall, reach * 2)
        continue
      }
      if MatchScratch.isLimit(result), reach > 1 {
        reach = max(1, reach / 16)
        continue
      }
      guard result > 0 else {
        exhausted = .engine(pattern: pattern, code: result)
        return false
      }
      at = forward(matching.start + 1, in: window)
      guard report(pattern, entry.code.group, context: context, receiver: receiver) else {
        return false
      }
    }
    return true
  }

  /// The next start of a character at or after byte `offset`.
  private func forward(_ offset: Int, in window: UnsafeRawBufferPointer) -> Int {
    var offset = offset
    while offset < window.count, window[offset] & 0xC0 == 0x80 { offset += 1 }
    return offset
  }

  private func spend(_ units: Int, pattern: Int) {
    spent += units
    work.units += units
    // What every text costs was accepted when the rules were loaded.
    if spent > budget.base + (budget.perByte + program.slowWidth) * fed {
      exhausted = .budget(pattern: pattern)
    }
  }
}
