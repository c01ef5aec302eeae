import SluiceCore
import SluiceRules

extension Examiner {
  /// Has patterns confirmed one after the other, the rarest first, as long as a rule that could
  /// still hold looks for them: what a common one would cost is mostly saved by a rare one that
  /// is not there, or not near.
  func narrow() {
    settleAll { matcher.program.entries[$0].isOnDemand ? nil : presence.starts(ofExpression: $0) }
    // What is left looks for the others where it must.
    for rule in living.all where stillLives(rule) { tell(matcher.rules[rule].probes) }
    settleAll { settledAt[$0] == asked ? nil : expectedStarts(of: $0) }
    for rule in living.all { _ = stillLives(rule) }
    // Exceptions of rules that hold as far as is known: without one, no sentence is looked for.
    for rule in living.all where living.contains(rule) {
      tell(matcher.rules[rule].exceptions.flatMap(\.probes))
      for expression in matcher.exceptionExpressionsOfRule[rule]
      where !isSettled(expression) && expectedStarts(of: expression) > 0 {
        settle(expression)
      }
    }
  }

  /// Settles what living rules look at, the rarest first, as long as they live.
  ///
  /// - Parameter starts: how many there are, or nil to leave a pattern aside.
  private func settleAll(_ starts: (Int) -> Int?) {
    queue.removeAll(keepingCapacity: true)
    for rule in living.all where living.contains(rule) {
      guard matcher.rules[rule].rule.scope == .document else { continue }
      for expression in matcher.conditionExpressionsOfRule[rule]
      where queuedAt[expression] != asked {
        guard let starts = starts(expression), starts > 0 else { continue }
        queuedAt[expression] = asked
        queue.append(Queued(starts: starts, expression: expression))
      }
    }
    queue.sort()
    for index in queue.indices where isNeeded(queue[index].expression) {
      settle(queue[index].expression)
    }
  }

  /// Starts of those that are listed, and what may be expected of others.
  private func expectedStarts(of expression: Int) -> Int {
    let entry = matcher.program.entries[expression]
    guard entry.isOnDemand else { return presence.starts(ofExpression: expression) }
    return 1 + Int(entry.cost * Double(document.bytes) / 1_000_000)
  }

  /// Whether nobody has looked for a probe in the document: it may be anywhere.
  func isUntold(_ probe: Int) -> Bool { matcher.isOnDemand[probe] && toldAt[probe] != asked }

  /// Counts probes as present wherever their patterns may match that are looked for on demand.
  private func tell(_ probes: [Int]) {
    for probe in probes where isUntold(probe) {
      toldAt[probe] = asked
      recount(probe)
    }
  }

  struct Queued: Comparable {
    var starts: Int
    var expression: Int

    static func < (left: Queued, right: Queued) -> Bool {
      (left.starts, left.expression) < (right.starts, right.expression)
    }
  }

  private func isSettled(_ expression: Int) -> Bool { settledAt[expression] == asked }

  private func isNeeded(_ expression: Int) -> Bool {
    matcher.probesOfExpression[expression].contains { probe in
      matcher.rulesOfProbe[probe].contains { stillLives($0) }
    }
  }

  private func stillLives(_ rule: Int) -> Bool {
    guard living.contains(rule) else { return false }
    guard living.takeStale(rule), !couldHold(matcher.rules[rule], placed: true) else { return true }
    living.remove(rule)
    return false
  }

  /// Asks PCRE2 about all candidates of an expression in the document.
  private func settle(_ expression: Int) {
    settledAt[expression] = asked
    for segment in document.segments {
      for text in document.texts(of: segment)
      where matcher.program.isInView(expression, text.view) {
        settle(expression, in: text, of: segment)
      }
    }
    for probe in matcher.probesOfExpression[expression] {
      recount(probe)
      for rule in matcher.rulesOfProbe[probe] { living.touch(rule) }
    }
  }

  private func settle(
    _ expression: Int, in text: BufferedDocument.Text, of segment: BufferedDocument.Segment
  ) {
    let isUnlisted = matcher.program.entries[expression].isUnlisted
    guard let list = text.candidates, !text.isExhausted,
      text.mayHold(expression, isUnlisted: isUnlisted),
      text.confirmed.count < ConfirmedMatches.most
    else { return }
    let denied = matcher.isOnlyDenied[expression]
    collector.begin(limit: denied ? 1 : ConfirmedMatches.mostOfPattern)
    let scanner = scanner(for: .text)
    scanner.begin(view: text.view, whole: text.bytes.count, spent: text.spent)
    text.bytes.withUnsafeBytes { scanner.confirm(expression, of: list, in: $0, to: collector) }
    text.spent = scanner.spent
    if let cause = scanner.exhausted {
      text.isExhausted = true
      gap("the matching engine stopped: \(cause)", at: segment.info.path)
    } else if denied || !collector.isFull {
      text.confirmed.insert(collector.matches, of: expression)
    }
    if denied, text.view == .text, !collector.matches.isEmpty {
      denials.formUnion(matcher.probesOfExpression[expression])
      // The verdict asks whether it is there, whichever rules are left.
      want(expression)
    }
  }

  /// Tells anew where a probe may match.
  private func recount(_ probe: Int) {
    presence.clear(probe)
    for (number, segment) in document.segments.enumerated() {
      for text in document.texts(of: segment) {
        for expression in matcher.probes[probe].expressions
        where matcher.program.isInView(expression, text.view) {
          let starts = starts(of: expression, in: text)
          if starts > 0 { presence.insert(probe, segment: number, starts: starts) }
        }
      }
    }
  }

  private func starts(of expression: Int, in text: BufferedDocument.Text) -> Int {
    if let matches = text.confirmed[expression] { return matches.count }
    if matcher.program.entries[expression].isUnlisted { return text.bytes.count }
    return text.candidates?.starts(of: expression) ?? 0
  }
}
