import SluiceCore

extension Examiner: MatchReceiver {
  package func wants(pattern: Int) -> Bool {
    guard isChosen ? wanted[pattern] : activation.expressions[pattern] else { return false }
    return !isFull && (full.isEmpty || !full.contains(pattern))
  }

  package func matched(_ match: RawMatch, context: MatchContext) {
    let probes = matcher.probesOfExpression[match.pattern]
    let suffices = prunes && matcher.isOnlyDenied[match.pattern]
    var record: MatchRecord?
    var refused = 0
    for index in probes {
      let probe = matcher.probes[index]
      if probe.validator != nil, !accepts(probe, match, context) { continue }
      if store.openCount(of: index) >= matcher.options.matchesPerPattern {
        overflowed = true
        refused += 1
        continue
      }
      if store.count >= matcher.options.matchesPerItem {
        gap("more than \(matcher.options.matchesPerItem) matches in one item")
        isFull = true
        return
      }
      if record == nil { record = place(match, context) }
      guard var made = record else { continue }
      if probe.needsSentence, asksForSentence(index) { addSentence(to: &made) }
      store.add(made, probe: index)
    }
    // One that need only be absent: the first has said it.
    if suffices, record != nil { full.insert(match.pattern) }
    // Nothing more of it is kept: to look for it would be work that a sender chooses the amount of.
    if refused == probes.count { full.insert(match.pattern) }
  }

  private func accepts(_ probe: Probe, _ match: RawMatch, _ context: MatchContext) -> Bool {
    // A group that took no part in the match has nothing to check.
    guard match.captureStart >= 0, match.captureEnd >= match.captureStart else { return false }
    let lower = match.captureStart - context.base
    let upper = match.captureEnd - context.base
    guard lower >= 0, upper <= context.window.count else { return false }
    return probe.accepts(UnsafeRawBufferPointer(rebasing: context.window[lower..<upper]))
  }

  /// The match at its place in the segment's `text`, whatever view it was found in.
  private func place(_ match: RawMatch, _ context: MatchContext) -> MatchRecord? {
    if unread != nil { readText() }
    var range = match.start..<match.end
    if current != .text {
      guard let led = OffsetTrail.origin(of: range, in: viewPieces[current] ?? []) else {
        return nil
      }
      range = led.lowerBound..<min(max(led.upperBound, led.lowerBound + 1), text.count)
      if range.isEmpty { return nil }
    }
    let position = text.position(of: range.lowerBound)
    let origin = hasOrigin ? text.origin(of: range) : nil
    let excerpt = text.bytes(in: range) { bytes in
      store.keep(excerpt: UnsafeRawBufferPointer(rebasing: bytes.prefix(characters: 200)))
    }
    return MatchRecord(
      start: range.lowerBound, end: range.upperBound, from: position.character,
      to: position.character + text.characters(in: range), line: position.line,
      column: position.column, offset: origin?.lowerBound ?? -1,
      length: origin.map(\.count) ?? -1, sentence: 0..<0, excerpt: excerpt, view: current,
      hasAddress: false)
  }

  /// Whether the sentence around a match can matter: an exception may stand in the document. Nothing
  /// is known of a document that is not kept.
  private func asksForSentence(_ probe: Int) -> Bool {
    guard isKept, !isOverfull, let exceptions = matcher.exceptionsOfProbe[probe] else {
      return true
    }
    return exceptions.contains { presence.contains($0) || isUntold($0) }
  }

  private func addSentence(to record: inout MatchRecord) {
    let base = max(0, record.start - 2 * Sentence.reach)
    let around = base..<min(text.count, record.end + 2 * Sentence.reach)
    let known = lastSentence
    let found = text.bytes(in: around) { bytes -> (range: Range<Int>, hasAddress: Bool) in
      // What is no longer kept was cut off in front.
      let base = around.upperBound - bytes.count
      guard record.start >= base else { return (record.start..<record.end, true) }
      let inner = Sentence.range(around: record.start - base..<record.end - base, in: bytes)
      let range = inner.lowerBound + base..<inner.upperBound + base
      if let known, known.range == range { return known }
      let sentence = UnsafeRawBufferPointer(rebasing: bytes[inner])
      return (range, Addresses.contained(in: sentence))
    }
    record.sentence = found.range
    record.hasAddress = found.hasAddress
    lastSentence = found
  }
}

extension UnsafeRawBufferPointer {
  /// At most this many bytes, without cutting a character.
  fileprivate func prefix(characters limit: Int) -> Slice<UnsafeRawBufferPointer> {
    guard count > limit else { return self[...] }
    var end = limit
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return self[..<end]
  }
}
