import CSluiceScan

extension WordStage {
  /// The words of one stretch, as the uses of patterns look at them.
  struct Finder {
    let text: UnsafePointer<UInt8>
    let count: Int
    let gates: GateTable
    let table: TriggerTable
    /// The first byte of each word and the one after its last.
    let edges: UnsafePointer<UInt32>
    let tags: UnsafePointer<UInt16>
    let words: Int
    let start: Int
    let stop: Int
    let list: CandidateList

    @inline(__always)
    private func place(_ word: Int) -> Int { Int(edges[2 * word]) }

    @inline(__always)
    func length(_ word: Int) -> Int { Int(edges[2 * word + 1] - edges[2 * word]) }

    @inline(__always)
    private func holds(_ set: TagSet, _ word: Int) -> Bool {
      if set.offset < 0 { return true }
      let bits = table.sets + Int(set.offset)
      let (whole, head) = (Int(tags[word] & 0xFF), Int(tags[word] >> 8))
      if set.hasHeads, bits[4 + head >> 6] >> UInt64(head & 63) & 1 != 0 { return true }
      guard bits[whole >> 6] >> UInt64(whole & 63) & 1 != 0 else { return false }
      return set.keyCount == 0 || isAmong(set, word)
    }

    /// Whether a word is one of a set's, tags aside.
    @inline(never)
    private func isAmong(_ set: TagSet, _ word: Int) -> Bool {
      let key = withUnsafePointer(to: table.characters) {
        sluice_word_key(text, count, place(word), place(word) + length(word), $0)
      }
      let keys = table.setKeys + Int(set.keyStart)
      for index in 0..<Int(set.keyCount) where keys[index] == key { return true }
      return false
    }

    /// Whether a word stands near that some use of this one asks for.
    @inline(__always)
    func hasNeighbour(_ number: UInt32, around word: Int) -> Bool {
      let reach = NearDemand.reach
      let last = min(words - 1, word + reach)
      var other = max(0, word - reach)
      while other <= last {
        let place = NeighbourFilter.place(
          NeighbourFilter.pair(Int(number), tags[other]), shift: table.neighbourShift)
        if table.neighbours[place >> 6] >> UInt64(place & 63) & 1 != 0 { return true }
        other += 1
      }
      return false
    }

    /// Gathers the tags of the words before and behind one, itself included.
    func gather(_ near: UnsafeMutablePointer<UInt64>, around word: Int) {
      near.update(repeating: 0, count: 16)
      let reach = NearDemand.reach
      for other in max(0, word - reach)...min(words - 1, word + reach) {
        let tag = Int(tags[other] & 0xFF)
        let bit = UInt64(1) << UInt64(tag & 63)
        if other >= word { near[4 + tag >> 6] |= bit }
        if other <= word { near[8 + tag >> 6] |= bit }
        near[12 + tag >> 6] |= bit
      }
    }

    /// Whether a tag of the demand's set is among those that were gathered.
    @inline(__always)
    func isNear(_ demand: NearDemand, in near: UnsafeMutablePointer<UInt64>) -> Bool {
      let set = table.sets + Int(demand.set)
      let own = near + Int(demand.side.rawValue) * 4
      return (set[0] & own[0]) | (set[1] & own[1]) | (set[2] & own[2]) | (set[3] & own[3]) != 0
    }

    /// What one pattern makes of one of its words.
    @inline(__always)
    func word(at word: Int, _ use: UnsafePointer<TriggerUse>, end: Int) {
      guard isMet(use, at: word) else { return }
      let at = place(word)
      if use.pointee.spellingCount > 0, !isSpelt(use, at: at, end: end) { return }
      let pattern = Int(use.pointee.pattern)
      switch use.pointee.start {
      case .fixed: add(pattern, at - Int(use.pointee.leadLow))
      case .word:
        var candidate = word - Int(use.pointee.backHigh)
        let newest = word - Int(use.pointee.backLow)
        if candidate < 0 { candidate = 0 }
        while candidate <= newest {
          if holds(use.pointee.startSet, candidate) { add(pattern, place(candidate)) }
          candidate += 1
        }
      case .wordInBytes:
        let oldest = at - Int(use.pointee.leadHigh)
        let newest = at - Int(use.pointee.leadLow)
        var candidate = word
        while candidate > 0, place(candidate - 1) >= oldest { candidate -= 1 }
        while candidate < words, place(candidate) <= newest {
          if holds(use.pointee.startSet, candidate), place(candidate) >= oldest {
            add(pattern, place(candidate))
          }
          candidate += 1
        }
      case .each:
        addEach(pattern, at - Int(use.pointee.leadHigh), at - Int(use.pointee.leadLow))
      case .stretch: addStretch(use, at: word)
      }
    }

    private func addStretch(_ use: UnsafePointer<TriggerUse>, at word: Int) {
      let at = place(word)
      var lower = max(start, at - Int(use.pointee.leadHigh))
      var upper = min(stop - 1, at - Int(use.pointee.leadLow))
      if use.pointee.backHigh >= 0 {
        // The match begins behind where the next word before would have begun.
        let before = word - Int(use.pointee.backHigh) - 1
        if before >= 0 { lower = max(lower, place(before) + 1) }
        let last = word - Int(use.pointee.backLow)
        if last >= 0, last < word { upper = min(upper, place(last)) }
      }
      let pattern = Int(use.pointee.pattern)
      lower = gates.first(of: pattern, text, from: lower, before: at)
      if lower <= upper { list.add(pattern, lower, upper, joins: true) }
    }

    @inline(__always)
    private func add(_ pattern: Int, _ at: Int) {
      if at >= start, at < stop, gates.isOpen(pattern, text, count: count, at: at) {
        list.add(pattern, at, at, joins: false)
      }
    }

    private func addEach(_ pattern: Int, _ lower: Int, _ upper: Int) {
      var at = max(start, lower)
      while at <= upper {
        add(pattern, at)
        at += 1
      }
    }

    /// Whether the other word that a use demands may stand near.
    @inline(__always)
    private func isMet(_ use: UnsafePointer<TriggerUse>, at word: Int) -> Bool {
      let set = use.pointee.demandSet
      switch use.pointee.demand {
      case .none: return true
      case .word:
        var other = max(0, word + Int(use.pointee.demandLow))
        let last = min(words - 1, word + Int(use.pointee.demandHigh))
        while other <= last {
          if other != word, holds(set, other) { return true }
          other += 1
        }
        return false
      case .wordInBytes:
        let at = place(word)
        let oldest = at + Int(use.pointee.demandLow)
        let newest = at + Int(use.pointee.demandHigh)
        var other = word - 1
        while other >= 0, place(other) >= oldest {
          if holds(set, other), place(other) <= newest { return true }
          other -= 1
        }
        other = word + 1
        while other < words, place(other) <= newest {
          if holds(set, other), place(other) >= oldest { return true }
          other += 1
        }
        return false
      }
    }

    private func isSpelt(_ use: UnsafePointer<TriggerUse>, at: Int, end: Int) -> Bool {
      let count = Int(use.pointee.spellingCount)
      guard at + count <= end else { return false }
      let spelling = table.spellings + Int(use.pointee.spellingStart)
      for index in 0..<count where text[at + index] != spelling[index] { return false }
      return true
    }

    /// What the patterns that look for long words make of one.
    func long(at word: Int) {
      let at = place(word)
      let length = length(word)
      for use in table.runs {
        guard length >= Int(use.least), length <= Int(use.most) else { continue }
        if use.atStart {
          var index = 0
          let known = min(Int(use.stretch), length)
          while index < known {
            let byte = text[at + index]
            guard use.alphabet.contains(byte) else { break }
            // Behind a character of several bytes nothing stands at a fixed place.
            index = byte < 0x80 ? index + 1 : known
          }
          guard index >= known else { continue }
          if use.isExact {
            addEach(Int(use.pattern), at - Int(use.leadHigh), at - Int(use.leadLow))
            continue
          }
        }
        let lower = max(start, at - Int(use.leadHigh))
        let latest = use.atStart ? at : at + length - 1
        let upper = min(stop - 1, latest - Int(use.leadLow))
        if lower <= upper { list.add(Int(use.pattern), lower, upper, joins: true) }
      }
    }
  }
}
