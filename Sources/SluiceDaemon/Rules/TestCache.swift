import Crypto
import Glibc
import SluiceCore

/// Remembers which rule sets have passed their embedded tests, with this binary and these libraries,
/// so that a restart does not run them again. Losing it costs time only.
package final class TestCache: Sendable {
  private static let most = 32

  private let path: String
  private let engine: [UInt8]
  private let keys: Monitor<[String]>

  /// - Parameters:
  ///   - path: a file in the state directory.
  ///   - libraries: what beside the binary decides a match, each with what tells its version.
  package init(path: String, libraries: [String]) {
    self.path = path
    var hash = SHA256()
    Self.hashBinary(into: &hash)
    for library in libraries { hash.update(data: Array(library.utf8) + [0]) }
    engine = Array(hash.finalize())
    // A cache that cannot be read is an empty one.
    let text = (try? StateFile.read(path, limit: 1 << 16)) ?? []
    let known = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    keys = Monitor(known.filter { Digest(hex: $0) != nil })
  }

  package func key(for rules: SluiceCore.Digest) -> String {
    var hash = SHA256()
    hash.update(data: engine)
    hash.update(data: rules.bytes)
    return Hex.encode(Array(hash.finalize()))
  }

  package func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }

  package func insert(_ key: String) {
    let all = keys.withLock { keys in
      keys.removeAll { $0 == key }
      keys.append(key)
      keys.removeFirst(max(0, keys.count - Self.most))
      return keys
    }
    // Where it cannot be kept, the tests run again at the next start.
    try? StateFile.replace(path, with: Array(all.map { $0 + "\n" }.joined().utf8))
  }

  private static func hashBinary(into hash: inout SHA256) {
    let descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }
}
