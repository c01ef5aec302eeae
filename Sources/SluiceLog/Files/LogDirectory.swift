import Glibc
import SluiceCore

/// The files of a log by name: `actions.jsonl` is written to, `actions-<first seq>.jsonl` are full.
struct LogDirectory: Sendable {
  static let current = "actions.jsonl"
  static let checkpoints = "checkpoints"
  static let tree = "tree"
  static let format = "format"

  let path: String
  var calls = LogCalls.system

  struct File: Hashable {
    var name: String
    /// The sequence number of its first line.
    var first: Int
  }

  func path(of name: String) -> String { path + "/" + name }

  static func rotatedName(first: Int) -> String { "actions-\(padded(first)).jsonl" }

  static func padded(_ seq: Int) -> String {
    let digits = String(seq)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }

  /// The number in `<prefix><digits><suffix>`, or nil for another name.
  static func number(in name: String, prefix: String, suffix: String) -> Int? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return Int(digits)
  }

  /// All entries but `.` and `..`, in no order.
  func entries() throws(LogError) -> [String] {
    guard let stream = opendir(path) else { throw .call("open the directory", path: path) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw .call("read the directory", path: path) }
    return names
  }

  /// The log's files in the order of the chain. The current one is there only if it has a whole
  /// first line that says its number.
  func files() throws(LogError) -> [File] {
    let names = try entries()
    var files = names.compactMap { name in
      Self.number(in: name, prefix: "actions-", suffix: ".jsonl").map {
        File(name: name, first: $0)
      }
    }
    files.sort { ($0.first, $0.name) < ($1.first, $1.name) }
    if names.contains(Self.current) {
      let reader = try LineReader(path: path(of: Self.current))
      if let line = try reader.next(), let form = LineForm(line.bytes) {
        files.append(File(name: Self.current, first: form.seq))
      }
    }
    return files
  }

  /// Bytes of the file, or nil if it is not there.
  static func read(_ path: String) throws(LogError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .call("open", path: path)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .call("read", path: path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Puts a whole file in place durably: a temporary file beside it, synced, renamed over it.
  func replace(
    _ name: String, with bytes: [UInt8], mode: UInt32
  ) throws(LogError) {
    let temporary = path(of: "." + name + ".tmp")
    unlink(temporary)
    do {
      var file = try AppendFile.create(temporary, mode: mode, calls: calls)
      defer { file.close() }
      try file.append(bytes)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path(of: name)) == 0 else {
      throw .call("rename", path: path(of: name))
    }
    try sync()
  }

  /// Makes the names in the directory durable.
  func sync() throws(LogError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .call("open the directory", path: path) }
    defer { close(descriptor) }
    guard calls.syncWhole(descriptor) == 0 else { throw .call("sync the directory", path: path) }
  }

  /// Makes the directory and those above it where they are not there.
  static func make(_ path: String, mode: UInt32) throws(LogError) {
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw .call("make the directory", path: path)
    }
    try make(String(path[..<slash]), mode: 0o755)
    guard mkdir(path, mode) == 0 || errno == EEXIST else {
      throw .call("make the directory", path: path)
    }
  }
}
