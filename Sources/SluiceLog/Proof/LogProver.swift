import SluiceCore

/// Makes the proof that a line is in the log. Reads only.
package enum LogProver {
  /// - Throws: `.broken` where there is no such line, none of the checkpoints seals it yet, or the
  ///   lines are not those that were sealed.
  package static func proof(
    of seq: Int, in directory: String, keys: [LogVerifierKey] = []
  ) throws(LogError) -> InclusionProof {
    let place = LogDirectory(path: directory)
    let all = try CheckpointFile.read(place.path(of: LogDirectory.checkpoints)).checkpoints
    guard
      let checkpoint = all.last(where: { checkpoint in
        checkpoint.size >= seq && (keys.isEmpty || keys.contains(where: checkpoint.isSigned(by:)))
      })
    else {
      throw LogError(.broken, "no checkpoint seals line \(seq)", path: directory, seq: seq)
    }
    let first = try place.files().first?.first ?? 1
    var leaves = Leaves(known: nil, first: first)
    if first > 1 {
      let states = TreeState.list(try LogDirectory.read(place.path(of: LogDirectory.tree)) ?? [])
      guard let known = states.first(where: { $0.tree.size + 1 == first }) else {
        throw LogError(
          .broken, "the tree of the lines before \(first) is not known", path: directory, seq: seq)
      }
      leaves = Leaves(known: known.tree, first: first)
    }
    var line: [UInt8]?
    let reader = try LogReader(directory, from: first, resolves: false)
    while leaves.size < checkpoint.size, let entry = try reader.next() {
      let bytes = entry.line + [0x0A]
      leaves.hashes.append(MerkleTree.leaf(bytes))
      if entry.seq == seq { line = bytes }
    }
    guard let line, leaves.size == checkpoint.size else {
      throw LogError(.broken, "line \(seq) is not in the log any more", path: directory, seq: seq)
    }
    guard leaves.root(0..<checkpoint.size) == checkpoint.root else {
      throw LogError(
        .broken, "the lines are not those that the checkpoint seals", path: directory, seq: seq)
    }
    return InclusionProof(
      line: line, index: seq - 1, path: leaves.path(to: seq - 1, in: 0..<checkpoint.size),
      checkpoint: checkpoint)
  }
}

/// The leaf hashes of the lines that are there, and the subtrees over those that were removed.
private struct Leaves {
  let first: Int
  var hashes: [[UInt8]] = []
  private var subtrees: [Range<Int>: [UInt8]] = [:]

  init(known: MerkleTree?, first: Int) {
    self.first = first
    guard let known else { return }
    var start = 0
    var roots = known.roots[...]
    for bit in stride(from: Int.bitWidth - 2, through: 0, by: -1) where known.size >> bit & 1 == 1 {
      subtrees[start..<(start + 1 << bit)] = roots.removeFirst()
      start += 1 << bit
    }
  }

  var size: Int { first - 1 + hashes.count }

  func root(_ range: Range<Int>) -> [UInt8] {
    if let known = subtrees[range] { return known }
    if range.count == 1 { return hashes[range.lowerBound - first + 1] }
    let middle = split(range)
    return MerkleTree.node(
      root(range.lowerBound..<middle), root(middle..<range.upperBound))
  }

  /// From the leaf upward, as an audit path is written.
  func path(to leaf: Int, in range: Range<Int>) -> [[UInt8]] {
    guard range.count > 1 else { return [] }
    let middle = split(range)
    return leaf < middle
      ? path(to: leaf, in: range.lowerBound..<middle) + [root(middle..<range.upperBound)]
      : path(to: leaf, in: middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  /// The largest power of two below the count.
  private func split(_ range: Range<Int>) -> Int {
    range.lowerBound + 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
  }
}
