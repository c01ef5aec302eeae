import SluiceCore
import SluiceRules

extension Examiner {
  /// Judges the document that was kept: finds all candidates, asks which rules could hold by them,
  /// and has only the patterns of those confirmed.
  func resolve() {
    presence.reset()
    isOverfull = false
    asked += 1
    for (number, segment) in document.segments.enumerated() {
      for text in document.texts(of: segment) { collect(text, of: segment, number: number) }
    }
    choose()
    for segment in document.segments where holdsWanted(segment) { confirm(segment) }
    isChosen = false
    document.reset()
  }

  private func confirm(_ segment: BufferedDocument.Segment) {
    openNow(segment.info, hasOrigin: segment.hasOrigin)
    let texts = document.texts(of: segment)
    for text in texts where text.view != .text { viewPieces[text.view] = text.pieces }
    unread = texts.first { $0.view == .text }
    for view in View.allCases {
      guard let text = texts.first(where: { $0.view == view }), holdsWanted(text) else { continue }
      current = view
      confirm(text)
    }
    unread = nil
    closeNow()
  }

  private func collect(
    _ text: BufferedDocument.Text, of segment: BufferedDocument.Segment, number: Int
  ) {
    let list = text.candidates ?? CandidateList(patterns: matcher.program.entries.count)
    text.candidates = list
    let scanner = scanner(for: .text)
    let isAll = text.bytes.withUnsafeBytes { scanner.collect($0, view: text.view, into: list) }
    if let cause = scanner.exhausted {
      list.removeAll()
      gap("the matching engine stopped: \(cause)", at: segment.info.path)
      return
    }
    guard isAll else {
      list.removeAll()
      (text.isOverfull, isOverfull) = (true, true)
      return
    }
    for pattern in list.touched {
      note(Int(pattern), text.view, number, starts: list.starts(of: Int(pattern)))
    }
    for pattern in matcher.program.slow {
      note(pattern, text.view, number, starts: text.bytes.count)
    }
  }

  private func note(_ pattern: Int, _ view: View, _ segment: Int, starts: Int) {
    guard starts > 0, activation.expressions[pattern], matcher.program.isInView(pattern, view)
    else { return }
    presence.insert(expression: pattern, starts: starts)
    for probe in matcher.probesOfExpression[pattern] {
      presence.insert(probe, segment: segment, starts: starts)
    }
  }

  /// Wants all expressions that a rule looks at which could hold. A rule of which nothing may be
  /// there has nothing to confirm.
  private func choose() {
    isChosen = prunes && !isOverfull
    guard isChosen else { return }
    for pattern in wantedNow { wanted[pattern] = false }
    wantedNow.removeAll(keepingCapacity: true)
    denials.removeAll(keepingCapacity: true)
    living.removeAll()
    for expression in presence.touchedExpressions {
      for rule in matcher.rulesOfTrigger[expression] { consider(rule) }
    }
    for signal in store.documents.last?.signals ?? [] {
      for rule in matcher.rulesOfSignal[signal.rawValue] ?? [] { consider(rule) }
    }
    narrow()
    for rule in living.all where living.contains(rule) {
      for expression in matcher.expressionsOfRule[rule] { want(expression) }
    }
    unlisted = matcher.program.slow.filter { wanted[$0] }
    unlisted += wantedNow.filter { matcher.program.entries[$0].isOnDemand }
  }

  private func consider(_ rule: Int) {
    guard askedOf[rule] != asked else { return }
    askedOf[rule] = asked
    if activation.rules[rule], couldHold(matcher.rules[rule], placed: false) {
      living.insert(rule)
    }
  }

  func want(_ expression: Int) {
    guard !wanted[expression] else { return }
    wanted[expression] = true
    wantedNow.append(expression)
  }

  private func holdsWanted(_ segment: BufferedDocument.Segment) -> Bool {
    document.texts(of: segment).contains { holdsWanted($0) }
  }

  private func holdsWanted(_ text: BufferedDocument.Text) -> Bool {
    guard isChosen, let list = text.candidates, !text.isOverfull else { return true }
    return list.touched.contains { isWanted(Int($0), in: text) }
      || unlisted.contains { isWanted($0, in: text) }
  }

  private func isWanted(_ pattern: Int, in text: BufferedDocument.Text) -> Bool {
    wants(pattern: pattern) && matcher.program.isInView(pattern, text.view)
      && text.confirmed[pattern]?.isEmpty != true
  }

  private func confirm(_ text: BufferedDocument.Text) {
    guard let list = text.candidates else { return }
    let scanner = scanner(for: .text)
    text.bytes.withUnsafeBytes { bytes in
      // Only what was chosen is known by candidates.
      if text.isOverfull || !isChosen {
        scanner.begin(view: text.view)
        scanner.feed(bytes, last: true, to: self)
        return
      }
      scanner.begin(view: text.view, whole: bytes.count, spent: text.spent)
      for pattern in unlisted where isWanted(pattern, in: text) {
        confirm(pattern, in: text, bytes, list, scanner)
      }
      for pattern in list.touched where isWanted(Int(pattern), in: text) {
        confirm(Int(pattern), in: text, bytes, list, scanner)
      }
    }
    if let cause = scanner.exhausted { gap("the matching engine stopped: \(cause)") }
  }

  private func confirm(
    _ pattern: Int, in text: BufferedDocument.Text, _ bytes: UnsafeRawBufferPointer,
    _ list: CandidateList, _ scanner: PatternScanner
  ) {
    guard let matches = text.confirmed[pattern] else {
      if !text.isExhausted { scanner.confirm(pattern, of: list, in: bytes, to: self) }
      return
    }
    let context = MatchContext(whole: bytes)
    for match in matches {
      guard wants(pattern: pattern) else { return }
      matched(match, context: context)
    }
  }

  /// Makes the open segment's text known to what asks for places in it.
  func readText() {
    guard let unread else { return }
    self.unread = nil
    unread.bytes.withUnsafeBytes { bytes in
      for (start, end, map) in unread.pieces {
        text.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), map: map)
      }
    }
  }

  /// The document has become too large to be kept: what was kept is matched, and what comes from now
  /// on is matched as it comes.
  func spill() {
    isKept = false
    for (number, segment) in document.segments.enumerated() {
      openNow(segment.info, hasOrigin: segment.hasOrigin)
      for view in View.allCases {
        for text in document.texts(of: segment) where text.view == view { replay(text) }
      }
      if number + 1 < document.segments.count { closeNow() }
    }
    document.reset()
  }

  private func replay(_ text: BufferedDocument.Text) {
    text.bytes.withUnsafeBytes { bytes in
      for (start, end, map) in text.pieces {
        let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        if text.view == .text {
          self.text.append(piece, map: map)
        } else {
          viewPieces[text.view, default: []].append((start, end, map))
        }
        feed(text.view, piece, last: false)
      }
    }
  }
}
