import SluiceCore
import SluiceRules

extension Examiner {
  /// Judges the document that was kept: finds all candidates, asks which rules could hold by them,
  /// and has only the patterns of those confirmed.
  func resolve() {
    presence.reset()
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
    collecting = (text, number)
    feed(text)
    collecting = nil
    if let cause = scanner(for: .text).exhausted {
      gap("the matching engine stopped: \(cause)", at: segment.info.path)
    }
  }

  /// Takes note of a pattern that may match in the text that is being scanned.
  func note(_ pattern: Int, in text: BufferedDocument.Text, _ segment: Int) {
    guard activation.expressions[pattern], text.candidates.last != pattern else { return }
    text.candidates.append(pattern)
    for probe in matcher.probesOfExpression[pattern] { presence.insert(probe, segment: segment) }
  }

  private func feed(_ text: BufferedDocument.Text) {
    let scanner = scanner(for: .text)
    scanner.begin(view: text.view)
    text.bytes.withUnsafeBytes { scanner.feed($0, last: true, to: self) }
  }

  /// Wants all expressions that a rule looks at which could hold. A rule of which nothing may be
  /// there has nothing to confirm.
  private func choose() {
    isChosen = prunes
    guard isChosen else { return }
    for pattern in wantedNow { wanted[pattern] = false }
    wantedNow.removeAll(keepingCapacity: true)
    asked += 1
    let signals = store.documents.last?.signals ?? []
    for probe in presence.touched {
      for rule in matcher.rulesOfProbe[probe] where askedOf[rule] != asked {
        askedOf[rule] = asked
        if activation.rules[rule], couldHold(matcher.rules[rule], signals) { want(rule) }
      }
    }
  }

  private func couldHold(_ compiled: CompiledRule, _ signals: Set<Signal>) -> Bool {
    // Other documents of the item are not known yet.
    guard compiled.rule.scope == .document else { return true }
    return Prospect(
      presence: presence, probes: compiled.probes, signals: signals, isDigest: matcher.isDigest,
      segments: document.segments
    ).couldHold(compiled.rule.condition)
  }

  private func want(_ rule: Int) {
    for expression in matcher.expressionsOfRule[rule] where !wanted[expression] {
      wanted[expression] = true
      wantedNow.append(expression)
    }
  }

  private func holdsWanted(_ segment: BufferedDocument.Segment) -> Bool {
    document.texts(of: segment).contains { holdsWanted($0) }
  }

  private func holdsWanted(_ text: BufferedDocument.Text) -> Bool {
    text.candidates.contains { wants(pattern: $0) }
  }

  private func confirm(_ text: BufferedDocument.Text) {
    feed(text)
    if let cause = scanner(for: .text).exhausted { gap("the matching engine stopped: \(cause)") }
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
