import Dispatch
import Glibc
import SluiceCore

/// The command `engine-bench PATTERNS TEXTS [HITS] [THREADS]`: texts in memory, one JSON line of
/// setup and scan time. `engine-bench --plans PATTERNS` says how each pattern is searched for.
public enum EngineBench {
  public static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      fail("usage: engine-bench PATTERNS TEXTS [HITS] [THREADS] | --plans PATTERNS")
    }
    if arguments[1] == "--plans" { return plans(of: arguments[2]) }
    let clock = Clock.system
    let start = clock.monotonic()
    let patterns = lines(of: arguments[1])
    let threads = arguments.count > 4 ? max(1, Int(arguments[4]) ?? 1) : 1
    var engines = [engine(patterns)]
    let setup = clock.monotonic() - start
    while engines.count < threads { engines.append(engine(patterns)) }
    let texts = files(below: arguments[2]).map { Text(path: $0, bytes: read($0)) }
    let begin = clock.monotonic()
    let hits = scan(texts, engines)
    let seconds = clock.monotonic() - begin
    if arguments.count > 3, !arguments[3].isEmpty { save(hits, texts, to: arguments[3]) }
    let bytes = texts.reduce(0) { $0 + $1.bytes.count }
    print(
      "{\"setup\": \(Double(setup) / 1e9), \"seconds\": \(Double(seconds) / 1e9), \"bytes\": \(bytes), "
        + "\"files\": \(texts.count), \"hits\": \(hits.reduce(0) { $0 + $1.count })}")
  }

  /// A file in memory, for the life of the program.
  private struct Text: @unchecked Sendable {
    // Unchecked: the bytes are written before any thread starts, and only read from then on.
    let path: String
    let bytes: UnsafeRawBufferPointer
  }

  /// Unchecked: each engine is used under its own index, by one thread at a time.
  private struct Lane: @unchecked Sendable {
    let engine: MeasuredEngine
  }

  /// The patterns that matched, by text.
  private static func scan(_ texts: [Text], _ engines: [MeasuredEngine]) -> [[Int]] {
    let lanes = engines.map(Lane.init)
    let shared = Monitor((next: 0, hits: [[Int]](repeating: [], count: texts.count)))
    DispatchQueue.concurrentPerform(iterations: lanes.count) { lane in
      while true {
        let index = shared.withLock { state in
          state.next += 1
          return state.next - 1
        }
        guard index < texts.count else { return }
        var found: [Int] = []
        if !lanes[lane].engine.scan(texts[index].bytes, hit: { found.append($0) }) {
          fail("\(texts[index].path): given up")
        }
        if !found.isEmpty {
          let all = found.sorted()
          shared.withLock { $0.hits[index] = all }
        }
      }
    }
    return shared.withLock { $0.hits }
  }

  private static func engine(_ patterns: [String]) -> MeasuredEngine {
    do { return try MeasuredEngine(patterns: patterns) } catch {
      fail("pattern \(error.pattern): \(error.why)")
    }
  }

  private static func plans(of path: String) {
    let patterns = lines(of: path)
    let engine = engine(patterns)
    for (index, pattern) in patterns.enumerated() {
      print("\(index)\t\(pattern)\n\t\(engine.plan(of: index))")
    }
  }

  private static func lines(of path: String) -> [String] {
    read(path).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func save(_ hits: [[Int]], _ texts: [Text], to path: String) {
    guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
    for (text, patterns) in zip(texts, hits) {
      for pattern in patterns { fputs("\(text.path)\t\(pattern)\n", file) }
    }
    fclose(file)
  }

  /// Regular files in the order of their names, those of folders where the folder's name stands.
  private static func files(below path: String) -> [String] {
    var status = stat()
    guard lstat(path, &status) == 0 else { fail("cannot read \(path)") }
    if status.st_mode & S_IFMT == S_IFREG { return [path] }
    guard status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().flatMap { files(below: "\(path)/\($0)") }
  }

  private static func read(_ path: String) -> UnsafeRawBufferPointer {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0 else { fail("cannot read \(path)") }
    defer { close(file) }
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Int(status.st_size), alignment: 64)
    var done = 0
    while done < bytes.count {
      let got = Glibc.read(file, bytes.baseAddress! + done, bytes.count - done)
      guard got > 0 else { fail("cannot read \(path)") }
      done += got
    }
    return UnsafeRawBufferPointer(bytes)
  }

  private static func fail(_ message: String) -> Never {
    let line = Array("engine-bench: \(message)\n".utf8)
    _ = Glibc.write(2, line, line.count)
    exit(2)
  }
}
