extension Joiner {
  private struct Gap {
    var range: Range<Int>
    var hasBlank: Bool
  }

  /// Letters that are spread: three or more, each alone, with the same few signs or blanks between.
  /// - Returns: where the last of them ends.
  func mendSpread(
    _ token: TokenReader.Token, into text: inout ViewText, heat: inout DisguiseHeat
  ) -> Int? {
    guard token.start >= numbersEnd else { return nil }
    var singles = [token]
    var gaps: [Gap] = []
    while singles.count < 2048, let last = singles.last, let next = reader.next(from: last.end),
      next.isSingle, let gap = gap(last.end..<next.start)
    {
      gaps.append(gap)
      singles.append(next)
    }
    guard singles.count > 2 else { return nil }
    // Numbers: what follows is looked at as a part of them again, with no other result.
    guard singles.contains(where: { $0.letters + $0.wide > 0 }) else {
      numbersEnd = singles[singles.count - 1].end
      return nil
    }
    // A blank ends a word where signs spread its letters; else a gap that is not the narrow one.
    let areSigned = gaps.contains { !$0.hasBlank }
    let narrow = areSigned ? gaps[0] : narrow(gaps)
    var differs = false
    var start = 0
    for index in singles.indices {
      let isEnd =
        index == gaps.count || (areSigned ? gaps[index].hasBlank : !isSame(gaps[index], narrow))
      guard isEnd else { continue }
      if index - start > 1, write(singles[start...index], gaps: gaps, into: &text) {
        differs = true
        cursor = singles[index].end
      }
      start = index + 1
    }
    guard differs else { return nil }
    heat.disguised()
    return max(cursor, token.end)
  }

  /// - Returns: whether the letters were written.
  private func write(
    _ singles: ArraySlice<TokenReader.Token>, gaps: [Gap], into text: inout ViewText
  ) -> Bool {
    let letters = singles.reduce(0) { $0 + $1.letters + $1.wide }
    let symbols = singles.reduce(0) { $0 + $1.symbols }
    guard letters > (symbols > 0 ? 2 : 1), letters * 3 >= singles.count else { return false }
    let plain = plainLetters(singles)
    // The same letter over and over stands for something left out.
    if let plain, plain.allSatisfy({ $0 == plain[0] }) { return false }
    let lowered = plain?.map { $0 | 0x20 } ?? []
    // Initials of a name: `F.C.C.`
    if let plain, plain.count < 6, plain.allSatisfy({ $0 & 0x20 == 0 }),
      filter.kind(of: lowered) != .ruled,
      source.bytes[singles[singles.startIndex].end] == UInt8(ascii: ".")
    {
      return false
    }
    let isKnown = lowered.count > 2 && filter.kind(of: lowered) != .none
    let starts = isKnown || lowered.count < 4 ? [] : Set(repair.words(in: lowered) ?? [])
    // With few letters among digits it must come to words.
    guard letters * 3 >= singles.count * 2 || isKnown || !starts.isEmpty else { return false }
    (isSpread, matters) = (true, true)
    copy(upTo: singles[singles.startIndex].start, into: &text)
    for (position, index) in singles.indices.enumerated() {
      let single = singles[index]
      if position > 0, starts.contains(position) { appendBlank(gaps[index - 1].range, into: &text) }
      if let plain {
        let span = source.span(of: single.range)
        text.append(bytes: [plain[position]], at: span.lowerBound, length: span.count)
      } else {
        source.copy(single.range, into: &text)
      }
    }
    return true
  }

  /// The letters, with those that digits stand for; nil where some are no ASCII.
  private func plainLetters(_ singles: ArraySlice<TokenReader.Token>) -> [UInt8]? {
    var letters: [UInt8] = []
    for single in singles {
      let byte = source.bytes[single.start]
      guard byte < 0x80 else { return nil }
      letters.append(byte.isASCIILetter ? byte : Leet.letters(for: byte).first ?? byte)
    }
    return letters
  }

  /// What stands between two letters, if it is what spreads letters and not what lists them.
  private func gap(_ range: Range<Int>) -> Gap? {
    guard !range.isEmpty, range.count <= 12 else { return nil }
    var hasBlank = false
    var signs = 0
    for index in range {
      switch source.bytes[index] {
      case 0x09, 0x0A, 0x0D, 0x20: hasBlank = true
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "("),
        UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
        UInt8(ascii: "'"), UInt8(ascii: "&"), UInt8(ascii: "?"), 0x00:
        return nil
      default: signs += source.bytes[index] & 0xC0 == 0x80 ? 0 : 1
      }
    }
    return signs > 3 ? nil : Gap(range: range, hasBlank: hasBlank)
  }

  /// The gap within words: the one that comes most often; of two, the shorter.
  private func narrow(_ gaps: [Gap]) -> Gap {
    var counts: [[UInt8]: Int] = [:]
    for gap in gaps { counts[Array(source.bytes[gap.range]), default: 0] += 1 }
    var best = gaps[0]
    var most = 0
    for gap in gaps {
      let count = counts[Array(source.bytes[gap.range])] ?? 0
      let isShorter = gap.range.count < best.range.count
      if count > most || count == most && isShorter { (best, most) = (gap, count) }
    }
    return best
  }

  private func isSame(_ gap: Gap, _ other: Gap) -> Bool {
    gap.range.count == other.range.count
      && source.bytes[gap.range].elementsEqual(source.bytes[other.range])
  }
}
