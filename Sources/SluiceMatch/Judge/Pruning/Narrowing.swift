import SluiceCore
import SluiceRules

extension Examiner {
  /// Has patterns confirmed one after the other, the rarest first, as long as a rule that could
  /// still hold looks for them: what a common one would cost is mostly saved by a rare one that
  /// is not there, or not near.
  func narrow() {
    queue.removeAll(keepingCapacity: true)
    for rule in living.all where matcher.rules[rule].rule.scope == .document {
      enqueue(matcher.conditionExpressionsOfRule[rule])
    }
    queue.sort()
    for index in queue.indices where isNeeded(queue[index].expression) {
      settle(queue[index].expression)
    }
    for rule in living.all { _ = stillLives(rule) }
    // Exceptions of rules that hold as far as is known: without one, no sentence is looked for.
    for rule in living.all where living.contains(rule) {
      for expression in matcher.exceptionExpressionsOfRule[rule]
      where presence.starts(ofExpression: expression) > 0 && !isSettled(expression) {
        settle(expression)
      }
    }
  }

  struct Queued: Comparable {
    var starts: Int
    var expression: Int

    static func < (left: Queued, right: Queued) -> Bool {
      (left.starts, left.expression) < (right.starts, right.expression)
    }
  }

  private func enqueue(_ expressions: [Int]) {
    for expression in expressions where queuedAt[expression] != asked {
      let starts = presence.starts(ofExpression: expression)
      guard starts > 0 else { continue }
      queuedAt[expression] = asked
      queue.append(Queued(starts: starts, expression: expression))
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
    let isEverywhere = matcher.program.entries[expression].isEverywhere
    guard let list = text.candidates, !text.isExhausted,
      text.mayHold(expression, isEverywhere: isEverywhere),
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
    if matcher.program.entries[expression].isEverywhere { return text.bytes.count }
    return text.candidates?.starts(of: expression) ?? 0
  }
}
