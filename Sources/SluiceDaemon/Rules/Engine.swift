import Glibc
import SluiceCore
import SluiceMatch

/// Facts of the matching engine, for the start record, status and the cache of passed tests.
enum Engine {
  /// The shared libraries of this process as they lie on disk: with another PCRE2, patterns that
  /// passed their tests may not pass them again.
  static var libraries: [String] {
    let maps = (try? StateFile.read("/proc/self/maps", limit: 16 << 20)) ?? []
    var paths: Set<String> = []
    for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
      guard let slash = line.firstIndex(of: "/") else { continue }
      let path = String(line[slash...])
      if path.contains(".so") { paths.insert(path) }
    }
    return paths.sorted().map { path in
      var facts = stat()
      guard stat(path, &facts) == 0 else { return path }
      return "\(path) \(facts.st_size) \(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec)"
    }
  }

  /// Whether PCRE2 runs compiled code; nil where the matcher does not say.
  static func jit(_ matcher: Matcher) -> Bool? { matcher.facts["jit"].map { $0 != 0 } }

  static func json(_ matcher: Matcher) -> JSON {
    .object(matcher.facts.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .int($0.value)) })
  }
}
