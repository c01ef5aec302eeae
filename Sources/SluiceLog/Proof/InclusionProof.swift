import SluiceCore

/// That one line is in the log that a checkpoint seals, without showing any other line: an audit
/// path of RFC 6962, section 2.1.1, in the format of C2SP tlog-proof with the line as its `extra`.
package struct InclusionProof: Sendable, Hashable {
  /// The line, newline included.
  package var line: [UInt8]
  /// Its place among the leaves, from 0: `seq` - 1.
  package var index: Int
  package var path: [[UInt8]]
  package var checkpoint: Checkpoint

  package init(line: [UInt8], index: Int, path: [[UInt8]], checkpoint: Checkpoint) {
    self.line = line
    self.index = index
    self.path = path
    self.checkpoint = checkpoint
  }

  /// Reads a proof from a file.
  package static func read(_ path: String) throws(LogError) -> InclusionProof {
    guard let bytes = try LogDirectory.read(path) else {
      throw LogError(.system, "there is no such file", path: path, errno: 2)
    }
    guard let proof = InclusionProof(parsing: bytes) else {
      throw LogError(.format, "not a proof of a record", path: path)
    }
    return proof
  }

  private static let header = "c2sp.org/tlog-proof@v1"

  package var rendered: String {
    var text = "\(Self.header)\nextra \(Base64.encode(line))\nindex \(index)\n"
    for hash in path { text += Base64.encode(hash) + "\n" }
    return text + "\n" + checkpoint.note.rendered
  }

  /// - Returns: nil for anything that `rendered` does not write.
  package init?(parsing bytes: [UInt8]) {
    guard let text = UTF8Decoding.string(bytes) else { return nil }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == Self.header[...],
      let extra = lines.popFirst(), extra.hasPrefix("extra "),
      let line = Base64.decode(extra.dropFirst(6)),
      let place = lines.popFirst(), place.hasPrefix("index "), let index = Int(place.dropFirst(6)),
      index >= 0
    else { return nil }
    var path: [[UInt8]] = []
    while let next = lines.popFirst(), !next.isEmpty {
      guard let hash = Base64.decode(next), hash.count == 32 else { return nil }
      path.append(hash)
    }
    let note = lines.joined(separator: "\n")
    guard
      let checkpoint = SignedNote.parse(Array(note.utf8)).notes.first.flatMap(
        Checkpoint.init(note:))
    else { return nil }
    self.init(line: line, index: index, path: path, checkpoint: checkpoint)
  }

  /// Whether the path leads from the line to the root, the line carries the number that its place
  /// says, and the checkpoint is signed by one of the keys.
  package func isRight(keys: [LogVerifierKey]) -> Bool {
    keys.contains(where: checkpoint.isSigned(by:))
      && LineForm(line)?.seq == index + 1 && root == checkpoint.root
  }

  /// The root that line and path lead to (RFC 9162, section 2.1.3.2); nil for a path of wrong length.
  private var root: [UInt8]? {
    guard index < checkpoint.size else { return nil }
    var place = index
    var last = checkpoint.size - 1
    var hash = MerkleTree.leaf(line)
    for other in path {
      guard last > 0 else { return nil }
      if place & 1 == 1 || place == last {
        hash = MerkleTree.node(other, hash)
        while place & 1 == 0, place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = MerkleTree.node(hash, other)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 ? hash : nil
  }
}
