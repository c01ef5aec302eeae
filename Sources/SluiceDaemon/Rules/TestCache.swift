import Crypto
import SluiceCore

/// Remembers which rule sets have passed their embedded tests with this program, these libraries and
/// this CPU, so that a restart does not run them again. Losing it costs time only.
package final class TestCache: Sendable {
  private static let most = 32

  private let path: String
  private let engine: [UInt8]
  private let keys: Monitor<[String]>

  /// - Parameters:
  ///   - path: a file in the state directory.
  ///   - engine: names all that decides a match beside rules and text.
  package init(path: String, engine: [UInt8]) {
    self.path = path
    self.engine = engine
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
}
