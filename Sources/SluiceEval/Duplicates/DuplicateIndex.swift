/// Says of each row whether half of its shingles, or more, stand in one earlier row: an index from
/// shingles to the rows that have them, in tables of plain numbers.
///
/// A shingle that `commonest` rows have already is common wording and is not indexed further; the
/// rows that have it still count. So the work of a row is bounded by its length.
package struct DuplicateIndex {
  static let commonest = 512
  private static let none = UInt32.max

  /// Open addressing: hash 0 is an empty place.
  private var keys: [UInt64]
  private var heads: [UInt32]
  private var lengths: [UInt16]
  private var used = 0
  private var rowOf: [UInt32] = []
  private var nextOf: [UInt32] = []
  /// Shared shingles with each earlier row, all 0 between calls.
  private var shared: [UInt32] = []

  package init() {
    keys = Array(repeating: 0, count: 1 << 12)
    heads = Array(repeating: Self.none, count: 1 << 12)
    lengths = Array(repeating: 0, count: 1 << 12)
  }

  /// Adds the next row, by the hashes of its shingles, each once.
  /// - Returns: whether it is a near-duplicate of an earlier row.
  package mutating func add(_ shingles: [UInt64]) -> Bool {
    let row = UInt32(shared.count)
    let needed = UInt32((shingles.count + 1) / 2)
    var touched: [UInt32] = []
    var isDuplicate = false
    for hash in shingles {
      let place = place(of: hash)
      if !isDuplicate {
        var entry = heads[place]
        while entry != Self.none {
          let other = rowOf[Int(entry)]
          if shared[Int(other)] == 0 { touched.append(other) }
          shared[Int(other)] += 1
          if shared[Int(other)] >= needed {
            isDuplicate = true
            break
          }
          entry = nextOf[Int(entry)]
        }
      }
      if lengths[place] < Self.commonest {
        rowOf.append(row)
        nextOf.append(heads[place])
        heads[place] = UInt32(rowOf.count - 1)
        lengths[place] += 1
      }
    }
    for other in touched { shared[Int(other)] = 0 }
    shared.append(0)
    return isDuplicate
  }

  private mutating func place(of hash: UInt64) -> Int {
    if used * 2 >= keys.count { grow() }
    let key = hash == 0 ? 1 : hash
    var place = Int(truncatingIfNeeded: key) & (keys.count - 1)
    while keys[place] != 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    if keys[place] == 0 {
      keys[place] = key
      used += 1
    }
    return place
  }

  private mutating func grow() {
    let old = (keys, heads, lengths)
    let count = keys.count * 2
    keys = Array(repeating: 0, count: count)
    heads = Array(repeating: Self.none, count: count)
    lengths = Array(repeating: 0, count: count)
    for index in old.0.indices where old.0[index] != 0 {
      var place = Int(truncatingIfNeeded: old.0[index]) & (count - 1)
      while keys[place] != 0 { place = (place + 1) & (count - 1) }
      (keys[place], heads[place], lengths[place]) = (old.0[index], old.1[index], old.2[index])
    }
  }
}
