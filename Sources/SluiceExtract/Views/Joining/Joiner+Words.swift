extension Joiner {
  /// Digits and symbols for letters, letters drawn out.
  func mendLeet(
    _ token: TokenReader.Token, into text: inout ViewText, heat: inout DisguiseHeat
  ) -> Int? {
    guard token.count <= 24, !isAddress(token), let range = trimmed(token) else { return nil }
    let bare = withoutMarks(range)
    // `free!` is as it should be.
    if token.digits == 0, bare.lowerBound == token.start, bare.count < token.count, isKnown(bare) {
      return nil
    }
    // So are `$total`, `11b` and `X11`, unless a rule looks for what they could stand for.
    let isPlain =
      token.digits == 0
      ? source.bytes[token.start] == UInt8(ascii: "$")
      : token.digits >= token.letters && isNumbered(token.range)
    // A mark at the end can be a letter or just a mark: `k!l!` and `free!`.
    for range in [token.range, range, bare] where range.count > 2 {
      guard let positions = repair.positions(of: source.bytes, range) else { continue }
      if let choice = repair.choice(positions) {
        if isPlain, !choice.isRuled { continue }
        matters = matters || choice.isRuled || innerDigits(range) > 0
        write(positions, choice.options, into: &text)
        if token.digits + token.symbols > 0 { heat.disguised() }
        if token.digits > 0 { leetEnd = range.upperBound }
        return range.upperBound
      }
      guard range.count == withoutMarks(range).count,
        isMixed(range) || token.isLetters && positions.count > 3 && isDrawnOut(range)
      else { continue }
      // Rules know more than the words that they spell out.
      matters = true
      write(positions, positions.map { _ in 0 }, into: &text)
      return range.upperBound
    }
    return nil
  }

  /// Two letters that were swapped.
  func mendSwap(_ token: TokenReader.Token, into text: inout ViewText) -> Int? {
    guard token.count > 4, token.count < 25,
      let place = repair.swap(Array(lowered(token.range)))
    else { return nil }
    let first = token.start + place
    matters = matters || isRuled(token, swappedAt: place)
    copy(upTo: first, into: &text)
    let span = source.span(of: first..<first + 2)
    text.append(
      bytes: [source.bytes[first + 1], source.bytes[first]], at: span.lowerBound,
      length: span.count)
    return first + 2
  }

  /// A word that is broken at the end of a line, with or without a hyphen.
  func mendBreak(_ token: TokenReader.Token, into text: inout ViewText) -> Int? {
    weld(token, signs: 0, into: &text)
  }

  /// Signs within a word: `rel-ease`, `re.lease`, and stars for vowels: `r*lease`.
  func mendSigns(
    _ token: TokenReader.Token, into text: inout ViewText, heat: inout DisguiseHeat
  ) -> Int? {
    let sign = source.bytes[token.end]
    if sign == UInt8(ascii: "-"), token.end + 1 < source.bytes.count,
      source.bytes[token.end + 1] == 0x0A || source.bytes[token.end + 1] == 0x0D
    {
      return weld(token, signs: 1, into: &text)
    }
    guard token.end + 1 < source.bytes.count, isOfToken(source.bytes[token.end + 1])
    else { return sign == UInt8(ascii: "*") ? mendLast(token, into: &text) : nil }
    var parts = [token]
    while let last = parts.last, last.end + 1 < source.bytes.count, source.bytes[last.end] == sign,
      parts.count < 12, let next = reader.next(from: last.end + 1), next.start == last.end + 1,
      next.wide == 0, next.count < 25
    {
      parts.append(next)
    }
    guard let end = parts.last?.end, parts.count > 1, end - token.start < 40 else { return nil }
    let isBroken = parts.contains { !filter.isWord(lowered($0.range)) }
    let kind =
      isBroken && parts.allSatisfy({ $0.isLetters && $0.count > 1 })
      ? filter.kind(of: parts.lazy.flatMap { self.lowered($0.range) }) : .none
    if kind == .ruled || kind == .word && sign != UInt8(ascii: "-") {
      matters = matters || kind == .ruled
      for part in parts {
        copy(upTo: part.start, into: &text)
        source.copy(part.range, into: &text)
        cursor = part.end + 1
      }
      if sign != UInt8(ascii: "-") { heat.disguised() }
      return end
    }
    guard sign == UInt8(ascii: "*"), parts.count < 4,
      let positions = repair.positions(of: source.bytes, token.start..<end),
      let choice = repair.choice(positions)
    else { return nil }
    matters = matters || choice.isRuled
    write(positions, choice.options, into: &text)
    heat.disguised()
    return end
  }

  /// A star for the last letter of what is no word without it: `ar*`.
  private func mendLast(_ token: TokenReader.Token, into text: inout ViewText) -> Int? {
    guard
      token.count == 2
        || token.count > 2 && token.count < 24 && !filter.isWord(lowered(token.range)),
      token.start == 0 || source.bytes[token.start - 1] != UInt8(ascii: "*"),
      let positions = repair.positions(of: source.bytes, token.start..<token.end + 1),
      let choice = repair.choice(positions), choice.isRuled || choice.isCommon
    else { return nil }
    matters = matters || choice.isRuled
    write(positions, choice.options, into: &text)
    return token.end + 1
  }

  /// A word, or the end of one, that is nothing but digits, right behind one that was mended:
  /// `c4n 1`, `w4y5 70`, `d1dn'7`.
  func mendNumber(_ token: TokenReader.Token, into text: inout ViewText) -> Int? {
    guard token.count < 5, let leetEnd, (1...2).contains(token.start - leetEnd),
      let positions = repair.positions(of: source.bytes, token.range)
    else { return nil }
    let first = positions.map { _ in 0 }
    let word = positions.flatMap { $0.spelling(0) }
    let isEnding =
      token.count == 1 && "st".utf8.contains(word[0])
      && source.bytes[token.start - 1] == UInt8(ascii: "'")
    guard isEnding || filter.isWord(word) else { return nil }
    write(positions, first, into: &text)
    self.leetEnd = token.end
    return token.end
  }

  /// Puts a word and the one on the next line together, if that makes a word of what is none.
  private func weld(_ token: TokenReader.Token, signs: Int, into text: inout ViewText) -> Int? {
    let start = token.end + signs
    guard token.count < 24, let next = reader.next(from: start), next.isLetters, next.count < 24,
      source.bytes[start..<next.start].allSatisfy({ $0 <= 0x20 }), next.start - start < 40
    else { return nil }
    let (first, second) = (lowered(token.range), lowered(next.range))
    // The end of a word is not written with a capital, unless more of it is.
    let isNew =
      source.bytes[next.start] & 0x20 == 0
      && source.bytes[token.range].dropFirst().allSatisfy { $0 & 0x20 != 0 }
      && source.bytes[next.range].dropFirst().allSatisfy { $0 & 0x20 != 0 }
    // A letter alone beside a word is mostly the end of `I'm`, an initial or an item of a list.
    let isLone =
      token.count == 1 && filter.isWord(second) || next.count == 1 && filter.isWord(first)
    let isShortened =
      token.count == 1 && token.start > 0 && source.bytes[token.start - 1] == UInt8(ascii: "'")
    guard !isNew, !isShortened else { return nil }
    let kind = filter.kind(of: first, second)
    guard kind != .none,
      !isLone || kind == .ruled || filter.isCommon(Array(first) + Array(second)),
      signs > 0 || !filter.isWord(first) || !filter.isWord(second)
    else { return nil }
    matters = matters || kind == .ruled
    copy(upTo: token.end, into: &text)
    source.copy(next.range, into: &text)
    return next.end
  }

  /// Letters, small ones.
  func lowered(_ range: Range<Int>) -> some Collection<UInt8> {
    source.bytes[range].lazy.map { $0 | 0x20 }
  }

  /// A token with `@` in it, or between a name and it, that goes on as a host does: `ann@example.com`.
  private func isAddress(_ token: TokenReader.Token) -> Bool {
    guard token.symbols > 0,
      let sign = token.range.lastIndex(where: { source.bytes[$0] == UInt8(ascii: "@") })
    else { return false }
    // What follows the host's first label.
    var index = token.end
    while index < source.bytes.count, index < token.end + 64,
      source.bytes[index].isASCIIWord || source.bytes[index] == UInt8(ascii: "-")
    {
      index += 1
    }
    guard index + 1 < source.bytes.count, source.bytes[index] == UInt8(ascii: ".") else {
      return false
    }
    return sign + 1 < token.end && source.bytes[index + 1].isASCIIWord
  }

  /// A letter drawn out within a word or at its end; at its beginning it is a name.
  private func isDrawnOut(_ range: Range<Int>) -> Bool {
    guard range.count > 3 else { return false }
    let first = range.lowerBound
    return Set(source.bytes[first..<first + 3].map { $0 | 0x20 }).count > 1
  }

  private func isKnown(_ range: Range<Int>) -> Bool {
    source.bytes[range].allSatisfy(\.isASCIILetter) && filter.isWord(lowered(range))
  }

  /// Digits and then letters, or a capital and then digits.
  private func isNumbered(_ range: Range<Int>) -> Bool {
    let first = source.bytes[range.lowerBound]
    if first.isASCIILetter {
      return first & 0x20 == 0 && source.bytes[range].dropFirst().allSatisfy(\.isASCIIDigit)
    }
    return source.bytes[range].drop(while: \.isASCIIDigit).allSatisfy(\.isASCIILetter)
  }

  private func isRuled(_ token: TokenReader.Token, swappedAt place: Int) -> Bool {
    var word = Array(lowered(token.range))
    word.swapAt(place, place + 1)
    return filter.kind(of: word) == .ruled
  }

  /// The token without symbols at its edges that begin no word: `$100`, `+49`, `(!`.
  private func trimmed(_ token: TokenReader.Token) -> Range<Int>? {
    var range = token.range
    while let first = range.first, "+|!".utf8.contains(source.bytes[first]) {
      range = first + 1..<range.upperBound
    }
    guard range.contains(where: { source.bytes[$0].isASCIILetter }) else { return nil }
    return range
  }

  private func withoutMarks(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, "!+|".utf8.contains(source.bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  /// A word that nobody knows with a digit between letters that looks like a letter, as in
  /// `proj3ctor`, not as in `file12`, `mp3s`, `up2date` or `pt6YBB`.
  private func isMixed(_ range: Range<Int>) -> Bool {
    var (letters, other, capitals) = (0, 0, 0)
    for index in range {
      let byte = source.bytes[index]
      if byte.isASCIILetter {
        letters += 1
        if byte & 0x20 == 0, index > range.lowerBound { capitals += 1 }
        continue
      }
      guard "013457".utf8.contains(byte) else { return false }
      other += 1
    }
    let inner = innerDigits(range)
    let isCased = capitals == 0 || capitals + 1 >= letters
    return inner > 0 && other * 2 <= letters && range.count <= 16 && inner * 2 >= other
      && letters > 3 && isCased
  }

  /// How many digits stand between two letters.
  private func innerDigits(_ range: Range<Int>) -> Int {
    range.dropFirst().dropLast().count {
      source.bytes[$0].isASCIIDigit && source.bytes[$0 - 1].isASCIILetter
        && source.bytes[$0 + 1].isASCIILetter
    }
  }

  private func write(
    _ positions: [WordRepair.Position], _ choice: [Int], into text: inout ViewText
  ) {
    guard let first = positions.first else { return }
    copy(upTo: first.source.lowerBound, into: &text)
    for (position, option) in zip(positions, choice) {
      let span = source.span(of: position.source)
      text.append(bytes: Array(position.spelling(option)), at: span.lowerBound, length: span.count)
    }
  }
}
