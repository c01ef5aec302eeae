import CSluiceScan

/// Finds the words of a stretch of text, and from them the starts at which patterns may match. One
/// a worker, its memory is used again.
final class WordStage {
  private let table: TriggerTable
  private let gates: GateTable
  private var stretch = sluice_stretch()
  private var room = 0
  /// Tags of the words near a hit, by the sides of a demand: 256 bits each.
  private let near: UnsafeMutablePointer<UInt64>
  private let simd: Int32

  /// What this CPU has.
  static let simd = sluice_simd()

  init(_ table: TriggerTable, gates: GateTable, simd: Int32 = WordStage.simd) {
    self.table = table
    self.gates = gates
    self.simd = simd
    near = .allocate(capacity: 16)
    near.initialize(repeating: 0, count: 16)
    stretch.hit_room = 16_384
    stretch.hits = .allocate(capacity: stretch.hit_room)
  }

  deinit {
    stretch.hits.deallocate()
    near.deallocate()
    release()
  }

  private func release() {
    guard room > 0 else { return }
    stretch.word.deallocate()
    stretch.high.deallocate()
    stretch.edges.deallocate()
    stretch.tags.deallocate()
  }

  private func reserve(_ bytes: Int) {
    guard bytes > room else { return }
    release()
    room = max(bytes, 1 << 17)
    stretch.word = .allocate(capacity: room / 64 + 3)
    stretch.high = .allocate(capacity: room / 64 + 3)
    stretch.edges = .allocate(capacity: room + 128)
    stretch.tags = .allocate(capacity: room / 2 + 66)
  }

  /// Adds the starts from `start` to just before `stop` at which a word in `from..<reach` lets a
  /// pattern match. A run can begin as long before a start as a pattern looks back.
  func scan(
    _ text: UnsafeRawBufferPointer, start: Int, stop: Int, from: Int, reach: Int,
    into list: CandidateList
  ) {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self), reach > from else {
      return
    }
    reserve(reach - from)
    while true {
      withUnsafePointer(to: table.dictionary) { dictionary in
        withUnsafePointer(to: table.characters) { characters in
          sluice_find_words(
            base, text.count, from, reach, characters, dictionary, &stretch, simd)
        }
      }
      if stretch.hit_count <= stretch.hit_room { break }
      // Only a text made of hits comes here.
      stretch.hits.deallocate()
      stretch.hit_room = stretch.hit_count
      stretch.hits = .allocate(capacity: stretch.hit_room)
    }
    if table.hasStarts { keepWords(start: start, stop: stop, in: list) }
    let finder = Finder(
      text: base, count: text.count, gates: gates, table: table, edges: stretch.edges,
      tags: stretch.tags, words: stretch.words, start: start, stop: stop, list: list)
    for number in 0..<stretch.hit_count {
      let hit = stretch.hits[number]
      let index = Int(hit.index)
      if hit.word == SLUICE_LONG_WORD {
        finder.long(at: index)
        continue
      }
      var use = Int(table.firstUse[Int(hit.word)])
      var end = Int(table.firstUse[Int(hit.word) + 1])
      let firstNear = Int(table.firstNear[Int(hit.word)])
      // For a few uses it costs more than it saves.
      var looksNear = end - firstNear > 2
      if looksNear, !finder.hasNeighbour(hit.word, around: index) {
        looksNear = false
        end = firstNear
      }
      if looksNear { finder.gather(near, around: index) }
      while use < end {
        let demand = table.near[use]
        let pointer = table.uses + use
        use += 1
        if looksNear, demand.side != .none, !finder.isNear(demand, in: near) { continue }
        if pointer.pointee.lengthHigh != .max {
          let length = finder.length(index)
          if length < Int(pointer.pointee.lengthLow) || length > Int(pointer.pointee.lengthHigh) {
            continue
          }
        }
        finder.word(at: index, pointer, end: reach)
      }
    }
  }

  /// Hands on the words that begin in a stretch.
  private func keepWords(start: Int, stop: Int, in list: CandidateList) {
    let edges = UnsafePointer<UInt32>(stretch.edges!)
    var first = 0
    while first < stretch.words, edges[2 * first] < start { first += 1 }
    var last = stretch.words
    while last > first, edges[2 * last - 2] >= stop { last -= 1 }
    list.add(words: last - first, edges: edges + 2 * first, tags: stretch.tags + first)
  }
}
