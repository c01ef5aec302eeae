import Crypto
import SluiceCore

/// The Merkle tree of RFC 6962, section 2.1, in the form a growing log needs: the roots of its
/// perfect subtrees, the largest first. Leaves are whole log lines, newline included.
package struct MerkleTree: Sendable, Hashable {
  /// Leaves so far.
  package private(set) var size: Int
  /// One hash for each set bit of `size`, the highest bit first.
  package private(set) var roots: [[UInt8]]

  package init() {
    size = 0
    roots = []
  }

  /// - Returns: nil unless there is one hash of 32 bytes for each set bit of `size`.
  package init?(size: Int, roots: [[UInt8]]) {
    guard size >= 0, roots.count == size.nonzeroBitCount, roots.allSatisfy({ $0.count == 32 })
    else { return nil }
    self.size = size
    self.roots = roots
  }

  package mutating func append(leaf hash: [UInt8]) {
    var hash = hash
    var below = size
    while below & 1 == 1 {
      hash = Self.node(roots.removeLast(), hash)
      below >>= 1
    }
    roots.append(hash)
    size += 1
  }

  /// The root over all leaves; the digest of nothing for an empty tree.
  package var root: [UInt8] {
    guard var hash = roots.last else { return Array(SHA256.hash(data: [UInt8]())) }
    for left in roots.dropLast().reversed() { hash = Self.node(left, hash) }
    return hash
  }

  package static func leaf(_ line: some Sequence<UInt8>) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: [0] as [UInt8])
    digest.update(data: Array(line))
    return Array(digest.finalize())
  }

  package static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: [1] as [UInt8])
    digest.update(data: left)
    digest.update(data: right)
    return Array(digest.finalize())
  }
}
