import Glibc
import SluiceTestSupport

/// Files in memory, for what only works on files.
enum Scratch {
  static func folder(_ name: String) -> String {
    let path = "/dev/shm/sluice-fuzz-\(getpid())"
    mkdir(path, 0o700)
    mkdir("\(path)/\(name)", 0o700)
    return "\(path)/\(name)"
  }

  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { fatalError("\(path): \(errno)") }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      fatalError("\(path): \(errno)")
    }
  }

  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return Array(bytes[..<max(0, Glibc.read(descriptor, &bytes, bytes.count))])
  }

  /// Removes all that lies in a folder.
  static func empty(_ path: String) {
    TemporaryDirectory.remove(path)
    mkdir(path, 0o700)
  }
}

/// An input read as a row of choices: each byte decides one, and after the last all are the first.
struct Choices {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

  var isOver: Bool { rest.isEmpty }

  mutating func next(_ count: Int) -> Int { Int(rest.popFirst() ?? 0) % max(1, count) }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[next(values.count)] }

  /// Up to `most` times, while the input says so.
  mutating func some<Value>(_ most: Int, _ body: (inout Choices) -> Value) -> [Value] {
    (0...next(most)).map { _ in body(&self) }
  }
}
