extension Folder {
  /// Drops marks from the Latin letters of the word if some are such that no language writes them.
  func strip() {
    var odd = 0
    var marked = 0
    for scalar in scalars where scalar.trait.contains(.marked) {
      marked += 1
      if scalar.trait.contains(.odd) { odd += 1 }
    }
    guard marked > 0, odd > 0 || survey.oddLetters > 1 else { return }
    var kept = 0
    var isLatin = false
    for index in scalars.indices {
      var scalar = scalars[index]
      let properties = table[scalar.value]
      if properties.contains(.mark), isLatin { continue }
      isLatin = properties.script == .latin
      if isLatin, let bare = normalizer.bare(scalar.value) { scalar.value = bare }
      scalars[kept] = scalar
      kept += 1
    }
    scalars.removeLast(scalars.count - kept)
    isSignificant = true
    if odd > 1 { isDisguised = true }
  }

  /// Maps look-alikes in each run of letters and digits of the word.
  func mapLookAlikes() {
    var start = 0
    while start < scalars.count {
      guard isPart(scalars[start].value) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < scalars.count, isPart(scalars[end].value) { end += 1 }
      let added = map(start..<end)
      start = end + added
    }
  }

  private func isPart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return UInt8(truncatingIfNeeded: scalar).isASCIIWord }
    let properties = table[scalar]
    return properties.isWordy || !properties.isDisjoint(with: [.always, .symbol])
  }

  private struct Letters {
    var latin = 0
    var foreign = 0
    var strict = 0
    var plain = 0
    var styled = 0
    var scripts: UInt32 = 0
    var script = ScalarProperties.Script.none
    var hasAlways = false
    var hasSymbol = false
    var hasSoft = false

    /// Letters of one other script that only nearly look like Latin ones, or not at all, are there.
    var isMeantForeign: Bool { plain + foreign > strict && scripts.nonzeroBitCount == 1 }
  }

  /// - Returns: how many scalars the run grew by.
  private func map(_ run: Range<Int>) -> Int {
    var letters = Letters()
    for index in run {
      let properties = table[scalars[index].value]
      if scalars[index].trait.contains(.styled) { letters.styled += 1 }
      if properties.contains(.always) { letters.hasAlways = true }
      if properties.contains(.symbol) { letters.hasSymbol = true }
      if properties.contains(.soft) { letters.hasSoft = true }
      guard properties.contains(.letter) else { continue }
      switch properties.script {
      case .latin: letters.latin += 1
      case .cyrillic, .greek, .other:
        letters.scripts |= properties.scriptBit
        letters.script = properties.script
        if properties.contains(.foreign) {
          letters.foreign += 1
          if properties.contains(.strict) { letters.strict += 1 }
        } else {
          letters.plain += 1
        }
      default: break
      }
    }
    if letters.styled > 2, survey.unspacedLetters == 0 { isDisguised = true }
    var end = run.upperBound
    if letters.hasAlways {
      markFlags(run)
      end += replace(run.lowerBound..<end, where: .always)
    }
    var isMixed = false
    // "μm" and "ΔT" are what they are, and a lone letter tells nothing.
    let isWord = letters.latin + letters.foreign + letters.plain > 2
    if letters.latin > 0, isWord, letters.isMeantForeign, isReversible(run, letters.script) {
      isMixed = true
      replaceLatin(run.lowerBound..<end, by: letters.script)
    } else if letters.foreign > 0, letters.plain == 0 {
      let isStrict = letters.strict == letters.foreign
      isMixed = letters.latin > 0 && (isWord || isStrict)
      let isAlone = letters.latin == 0 && survey.isLatin(around: letters.script)
      if isMixed || isAlone && (isStrict || survey.mixedWords > (isWord ? 0 : 2)) {
        end += replace(run.lowerBound..<end, where: .foreign)
      }
    }
    if isMixed, letters.latin + letters.foreign > 2 { isDisguised = true }
    if letters.hasSymbol, letters.latin > 0 { mapSymbols(run.lowerBound..<end) }
    if letters.hasSoft, isMixed || letters.styled > 0 {
      end += replace(run.lowerBound..<end, where: .soft)
    }
    return end - run.upperBound
  }

  private func replace(_ run: Range<Int>, where wanted: ScalarProperties) -> Int {
    var added = 0
    var small = 0
    var index = run.lowerBound
    while index < run.upperBound + added {
      let scalar = scalars[index]
      guard table[scalar.value].contains(wanted), !scalar.trait.contains(.flag),
        let letters = lookAlikes.latin(scalar.value), let first = letters.first
      else {
        index += 1
        continue
      }
      isSignificant = true
      scalars[index].value = UInt32(first)
      for (offset, letter) in letters.dropFirst().enumerated() {
        var more = scalar
        more.value = UInt32(letter)
        scalars.insert(more, at: index + offset + 1)
      }
      small += 1
      added += letters.count - 1
      index += letters.count
    }
    if wanted == .always, small > 2, small * 2 > run.count { isDisguised = true }
    return added
  }

  /// Two regional indicators alone are a flag.
  private func markFlags(_ run: Range<Int>) {
    var start = run.lowerBound
    while start < run.upperBound {
      var end = start
      while end < run.upperBound, scalars[end].value &- 0x1F1E6 < 26 { end += 1 }
      if end - start == 2 {
        for index in start..<end { scalars[index].trait.insert(.flag) }
      }
      start = max(end, start + 1)
    }
  }

  /// Whether every Latin letter of the run looks just like a letter of `script`.
  private func isReversible(_ run: Range<Int>, _ script: ScalarProperties.Script) -> Bool {
    run.allSatisfy { index in
      table[scalars[index].value].script != .latin
        || lookAlikes.foreign(scalars[index].value, of: script) != nil
    }
  }

  private func replaceLatin(_ run: Range<Int>, by script: ScalarProperties.Script) {
    for index in run where table[scalars[index].value].script == .latin {
      guard let letter = lookAlikes.foreign(scalars[index].value, of: script) else { continue }
      scalars[index].value = letter
      isSignificant = true
    }
  }

  /// Symbols between Latin letters.
  private func mapSymbols(_ run: Range<Int>) {
    for index in run where index > run.lowerBound && index + 1 < run.upperBound {
      guard table[scalars[index].value].contains(.symbol),
        UInt8(exactly: scalars[index - 1].value)?.isASCIILetter == true,
        let letter = lookAlikes.latin(scalars[index].value)?.first
      else { continue }
      scalars[index].value = UInt32(letter)
      isSignificant = true
    }
  }
}
