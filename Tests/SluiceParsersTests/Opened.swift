import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

/// What the child said of one item, as the extractor handed it on.
final class Opened: TextSink {
  struct Segment {
    var path: String
    var part: SegmentInfo.Part
    var reading: String?
    var bytes: [UInt8] = []
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  private(set) var documents: [String] = []
  private(set) var segments: [Segment] = []
  private(set) var signals: Set<Signal> = []
  private(set) var summary = ExtractionSummary()
  private var isDocumentOpen = false
  private var isSegmentOpen = false

  var causes: [Unexamined.Cause] { summary.unexamined.map(\.cause) }
  var limits: [Unexamined.Limit] { summary.unexamined.compactMap(\.limit) }

  /// The paths of segments that hold a text.
  func places(of text: String, _ part: SegmentInfo.Part? = nil) -> [String] {
    segments.filter { $0.text.contains(text) && (part == nil || $0.part == part) }.map(\.path)
  }

  func begin(document: DocumentInfo) {
    #expect(!isDocumentOpen)
    isDocumentOpen = true
    documents.append(document.path)
  }

  func begin(segment: SegmentInfo) {
    #expect(isDocumentOpen && !isSegmentOpen)
    isSegmentOpen = true
    segments.append(Segment(path: segment.path, part: segment.part, reading: segment.reading))
  }

  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    segments[segments.count - 1].bytes += bytes
  }

  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {}
  func signal(_ signal: Signal) { signals.insert(signal) }
  func endSegment() { isSegmentOpen = false }
  func endDocument() {
    #expect(isDocumentOpen && !isSegmentOpen)
    isDocumentOpen = false
  }

  /// Reads a file through the real child.
  static func read(
    _ bytes: [UInt8], name: String, limits: ExtractLimits = ExtractLimits(),
    with extractor: Extractor? = nil
  ) throws -> Opened {
    let directory = TemporaryDirectory()
    let path = directory.path + "/item"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      try #require(count > 0)
      done += count
    }
    return try read(descriptor, name: name, limits: limits, with: extractor)
  }

  /// As above, for a file that is there.
  static func read(path: String, name: String, with extractor: Extractor? = nil) throws -> Opened {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    return try read(descriptor, name: name, limits: ExtractLimits(), with: extractor)
  }

  private static func read(
    _ descriptor: Int32, name: String, limits: ExtractLimits, with extractor: Extractor?
  ) throws -> Opened {
    let sink = Opened()
    let extractor = try extractor ?? Extractor(limits: limits, parsers: Tool.parsers)
    sink.summary = try extractor.extract(descriptor, name: Array(name.utf8), into: sink) { _ in }
    #expect(!sink.isDocumentOpen && !sink.isSegmentOpen)
    return sink
  }
}

/// The programs of this build, and those of the system that make test files.
enum Tool {
  struct Missing: Error { var program: String }

  static var parsers: ParserClient.Options {
    get throws { ParserClient.Options(program: try program("sluice-extract")) }
  }

  /// A program of this build: beside the test's own, or above it.
  static func program(_ name: String) throws -> String {
    var candidates = CommandLine.arguments
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes {
      readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    if count > 0 { candidates.insert(String(decoding: buffer[..<count], as: UTF8.self), at: 0) }
    for path in candidates {
      var folder = path[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        let program = "\(folder)/\(name)"
        if !folder.hasSuffix("Sources"), access(program, X_OK) == 0 { return program }
      }
    }
    throw Missing(program: name)
  }

  /// Runs a program to its end, without a shell.
  /// - Returns: its exit status, 256 and more for a signal, and its standard output.
  @discardableResult
  static func run(_ arguments: [String], input: String? = nil) throws -> (
    status: Int32, output: [UInt8]
  ) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    let argv = arguments.map { strdup($0) } + [nil]
    defer { for pointer in argv { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, arguments[0], &actions, nil, argv, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard code == 0 else { throw Missing(program: arguments[0]) }
    var output: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(ends[0], &block, block.count)
      if count <= 0 { break }
      output += block[..<count]
    }
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return (status & 0x7F == 0 ? status >> 8 & 0xFF : 256 + (status & 0x7F), output)
  }

  /// What a Python program prints; the folder is its working directory's stand-in.
  static func python(_ program: String, _ arguments: String...) throws -> [UInt8] {
    let (status, output) = try run(["python3", "-c", program] + arguments)
    try #require(status == 0, "python3 failed")
    return output
  }
}
