@testable import SluiceMatch

/// Looks for what a pattern requires in a text, character by character and in the plainest way.
struct RequirementCheck {
  private let text: [UInt8]
  /// Whether a word character begins at each byte; and where each maximal run begins and ends.
  private var runs: [Range<Int>] = []

  init(_ text: [UInt8]) {
    self.text = text
    var offset = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let end = offset + UTF8.width(scalar)
      if WordCharacters.contains(scalar) {
        if let last = runs.last, last.upperBound == offset {
          runs[runs.count - 1] = last.lowerBound..<end
        } else {
          runs.append(offset..<end)
        }
      }
      offset = end
    }
  }

  /// What a match is without; empty if it holds all.
  func missing(of requirements: PatternRequirements, in match: Range<Int>) -> [String] {
    let start = match.lowerBound
    var missing: [String] = []
    let strange = text[match].filter { $0 < 128 && !requirements.alphabet.contains($0) }
    if !strange.isEmpty { missing.append("an alphabet with \(strange)") }
    let isAsSomeWay = requirements.ways.contains { way in
      way.words.allSatisfy { holds($0, at: start) }
        && way.literals.allSatisfy { holds($0, at: start) }
    }
    if !requirements.ways.isEmpty, !isAsSomeWay {
      missing.append("one of its ways: \(requirements.ways)")
    }
    for slot in requirements.slots where !holds(slot, at: start) { missing.append("\(slot)") }
    for slot in requirements.literals where !holds(slot, at: start) { missing.append("\(slot)") }
    if let run = requirements.run, !holds(run, at: start) { missing.append("\(run)") }
    if let shape = requirements.shape, !holds(shape, at: start) { missing.append("\(shape)") }
    if requirements.startsAtWord, !runs.contains(where: { $0.lowerBound == start }) {
      missing.append("a word's start")
    }
    if let starts = requirements.starts, !holds(starts, at: start) {
      missing.append("what it begins with: \(starts.shown)")
    }
    let prefix = ShapeRequirement(sequences: [requirements.prefix], lead: 0...0, frequency: 0)
    if !holds(prefix, at: start) { missing.append("\(requirements.prefix.map(\.shown))") }
    return missing
  }

  private func holds(_ slot: WordSlot, at start: Int) -> Bool {
    runs.contains { run in
      guard slot.lead.contains(run.lowerBound - start) else { return false }
      let begun = runs.count { $0.lowerBound >= start && $0.lowerBound < run.lowerBound }
      if let index = slot.index, !index.contains(begun) { return false }
      let folded = String(decoding: text[run], as: UTF8.self).unicodeScalars
        .flatMap { Array(String(SimpleFold.fold($0)).utf8) }
      return slot.words.contains { word in
        let isThere =
          word.ending == .exact ? folded == word.folded : folded.starts(with: word.folded)
        return isThere && (word.length?.contains(run.count) ?? true)
          && (word.spelling.map { text[run].starts(with: $0) } ?? true)
      }
    }
  }

  private func holds(_ starts: StartRequirement, at start: Int) -> Bool {
    let slot = WordSlot(words: starts.words, lead: 0...0, index: nil, frequency: 0)
    let shape = ShapeRequirement(sequences: starts.sequences, lead: 0...0, frequency: 0)
    return holds(slot, at: start) || holds(shape, at: start)
  }

  private func holds(_ slot: LiteralSlot, at start: Int) -> Bool {
    slot.lead.contains { lead in
      let rest = text.dropFirst(start + lead)
      guard start + lead >= 0 else { return false }
      return slot.literals.contains { literal in
        rest.prefix(literal.folded.count).map { (65...90).contains($0) ? $0 | 0x20 : $0 }
          == literal.folded
          && (literal.spelling.map { rest.starts(with: $0) } ?? true)
      }
    }
  }

  private func holds(_ required: RunRequirement, at start: Int) -> Bool {
    required.lead.contains { lead in
      let first = start + lead
      guard let run = runs.first(where: { $0.contains(first) }), run.count >= required.least,
        run.count <= required.most ?? .max, !required.atStart || run.lowerBound == first
      else { return false }
      return required.stretch.contains { count in
        let end = first + count
        guard end <= run.upperBound, required.most == nil || end == run.upperBound else {
          return false
        }
        return text[first..<end].allSatisfy { $0 & 0xC0 == 0x80 || required.alphabet.contains($0) }
      }
    }
  }

  private func holds(_ required: ShapeRequirement, at start: Int) -> Bool {
    required.lead.contains { lead in
      required.sequences.contains { sequence in
        for (index, step) in sequence.enumerated() {
          let at = start + lead + index
          guard at >= 0, at < text.count, step.contains(text[at]) else { return false }
          if text[at] >= 0x80 { return true }
        }
        return true
      }
    }
  }
}
