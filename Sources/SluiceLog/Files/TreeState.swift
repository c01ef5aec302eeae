import SluiceCore

/// The tree and the chain after some line: enough to go on from there without what came before.
///
/// Kept in `tree`, one JSON object a line: one for the line before each file that is still there,
/// and one for the last clean stop. Nothing rests on it alone: the root over its hashes must be the
/// signed one wherever a checkpoint can tell.
struct TreeState: Sendable, Hashable {
  var tree: MerkleTree
  /// The digest of the last line, as 64 hexadecimal digits.
  var prev: [UInt8]

  static let start = TreeState(tree: MerkleTree(), prev: LineForm.firstPrev)

  mutating func append(_ line: [UInt8]) {
    tree.append(leaf: MerkleTree.leaf(line))
    prev = LineForm.digest(line)
  }

  var json: JSON {
    .object([
      JSON.Member("size", .int(tree.size)),
      JSON.Member("prev", .string(String(decoding: prev, as: UTF8.self))),
      JSON.Member("roots", .array(tree.roots.map { .string(Hex.encode($0)) })),
    ])
  }

  init(tree: MerkleTree, prev: [UInt8]) {
    self.tree = tree
    self.prev = prev
  }

  init?(_ json: JSON) {
    guard let size = json["size"]?.integer, let prev = json["prev"]?.text,
      Digest(hex: prev) != nil, case .array(let values)? = json["roots"],
      let tree = MerkleTree(
        size: size, roots: values.compactMap { $0.text.flatMap { Hex.decode($0) } })
    else { return nil }
    self.init(tree: tree, prev: Array(prev.utf8))
  }

  /// What can be read of the file's bytes; a damaged line counts as not there.
  static func list(_ bytes: [UInt8]) -> [TreeState] {
    bytes.split(separator: 0x0A).compactMap { line in
      guard let json = try? JSON(parsing: line) else { return nil }
      return TreeState(json)
    }.sorted { $0.tree.size < $1.tree.size }
  }

  static func write(_ states: [TreeState]) -> [UInt8] {
    states.flatMap { $0.json.bytes + [0x0A] }
  }
}
