import Glibc
import SluiceCore

/// Has formats opened by a child of its own and hands on what the child says, which is believed in
/// nothing but its form: paths are put below the item's, texts must be valid UTF-8, and whatever
/// comes out of order ends the child. One a worker.
package final class ParserClient {
  /// Where the child is, and whether it may run where the kernel lacks part of its jail.
  package struct Options: Sendable, Hashable {
    package var program: String
    package var bestEffort: Bool
    package var pictures: PictureReading

    package init(
      program: String, bestEffort: Bool = false, pictures: PictureReading = .off
    ) {
      self.pictures = pictures
      self.program = program
      self.bestEffort = bestEffort
    }
  }

  /// What one item is to the child.
  struct Job {
    var descriptor: Int32
    var offset = 0
    var length: Int
    var depth = 0
    var name: [UInt8]
    /// What the paths that the child gives are put below.
    var path: String
    /// The sink has a document with that path open already.
    var isDocumentOpen = false
  }

  /// Milliseconds that a child has beyond its own limit of time before it is ended.
  private static let grace = 3000
  /// Gaps that one item may have.
  private static let mostGaps = 4096

  package let options: Options
  private let limits: ExtractLimits
  private var child: ChildProcess?
  private var lastID = 0

  package init(options: Options, limits: ExtractLimits) {
    self.options = options
    self.limits = limits
  }

  /// Starts the child if there is none, and says what it is.
  /// - Throws: `ReadFailure` where it cannot be started or its jail is not closed as it must be.
  package func greeting(alive: () -> Void = {}) throws(ReadFailure) -> ChildHello {
    try ready(alive).hello
  }

  /// The process of the child, if there is one.
  package var pid: pid_t? { child?.pid }

  /// Has one item read. Where the child fails, what it said so far has reached the sink, the
  /// summary has the gap, and `extractorFailed` is set: the item may be tried again from its start.
  func read(
    _ job: Job, into sink: any TextSink, summary: inout ExtractionSummary, alive: () -> Void
  ) throws(ReadFailure) {
    let child = try ready(alive)
    lastID += 1
    let relay = Relay(job: job, sink: sink)
    do throws(ChildProcess.Failure) {
      let request = ChildRequest(
        id: lastID, offset: job.offset, length: job.length, depth: job.depth, name: job.name,
        limits: limits)
      try child.send(request, job.descriptor)
      let deadline = ChildProcess.now + UInt64(limits.milliseconds + Self.grace)
      while true {
        let event = try child.next(until: deadline, alive: alive)
        guard let result = try relay.take(event) else { continue }
        guard result.id == lastID else {
          throw ChildProcess.Failure(kind: .nonsense, detail: "it answered another request")
        }
        if result.leaves { self.child = nil }
        summary.examined = result.examined
        break
      }
    } catch {
      child.stop()
      self.child = nil
      relay.gaps.append(gap(for: error, job.path))
      summary.extractorFailed = true
    }
    relay.finish()
    summary.segments += relay.segments
    summary.unexamined += relay.gaps
    for decoder in relay.decoders where !summary.decoders.contains(decoder) {
      summary.decoders.append(decoder)
    }
  }

  private func gap(for failure: ChildProcess.Failure, _ path: String) -> Unexamined {
    switch failure.kind {
    case .late:
      Unexamined(
        segment: path, cause: .time,
        detail: "it was not opened to its end within \(limits.milliseconds / 1000) s")
    case .ended, .nonsense, .send:
      Unexamined(
        segment: path, cause: .engineCrash,
        detail: "the process that opened it failed: \(failure.detail)")
    }
  }

  private func ready(_ alive: () -> Void) throws(ReadFailure) -> ChildProcess {
    if let child { return child }
    let child = try ChildProcess(
      options.program, limits: limits, pictures: options.pictures, alive: alive)
    let missing = Confinement.all.subtracting(child.hello.confinement)
    if !missing.isEmpty, !options.bestEffort {
      throw ReadFailure(
        starting: options.program, errno: EPERM,
        "its sandbox lacks \(missing.names.joined(separator: ", ")) (\(child.hello.trouble)); "
          + "'sandbox: best-effort' lets it run without")
    }
    for decoder in options.pictures.decoders
    where !child.hello.decoders.contains(where: { $0.hasPrefix(decoder) }) {
      throw ReadFailure(
        starting: options.program, errno: ENOENT,
        "'pictures: \(options.pictures.rawValue)' needs what is not there: "
          + Display.escape(child.hello.trouble))
    }
    self.child = child
    return child
  }

  /// Hands on the events of one answer and keeps them in the order that `TextSink` asks for.
  private final class Relay {
    private let job: Job
    private let sink: any TextSink
    private var isDocumentOpen: Bool
    private var isSegmentOpen = false
    private var isComplete = false
    var gaps: [Unexamined] = []
    var decoders: [String] = []
    var segments = 0

    init(job: Job, sink: any TextSink) {
      self.job = job
      self.sink = sink
      isDocumentOpen = job.isDocumentOpen
    }

    /// - Returns: the result, when this was the last event.
    func take(_ event: ChildEvent) throws(ChildProcess.Failure) -> ChildResult? {
      switch event {
      case .hello: throw disorder("a greeting")
      case .document(let path):
        if isSegmentOpen { throw disorder("a document within a segment") }
        endDocument()
        sink.begin(document: DocumentInfo(path: below(path)))
        isDocumentOpen = true
      case .segment(let path, let part, let reading):
        if isSegmentOpen { throw disorder("a segment within a segment") }
        openDocument()
        isSegmentOpen = true
        isComplete = false
        segments += 1
        sink.begin(
          segment: SegmentInfo(
            path: below(path), part: part, reading: reading.map { Display.escape($0) },
            hasOrigin: false))
      case .text(let bytes, let last):
        if !isSegmentOpen || isComplete { throw disorder("text outside a segment") }
        isComplete = last
        sink.text(bytes, map: OffsetMap(), last: last)
      case .segmentEnd:
        if !isSegmentOpen { throw disorder("an end without a segment") }
        endSegment()
      case .gap(var gap):
        guard gaps.count < ParserClient.mostGaps else { throw disorder("gaps without end") }
        gap.segment = below(gap.segment)
        gap.detail = Display.escape(gap.detail)
        gaps.append(gap)
      case .signal(let signal):
        openDocument()
        sink.signal(signal)
      case .decoder(let name):
        let name = Display.escape(name)
        guard decoders.count < 256 else { throw disorder("decoders without end") }
        if !decoders.contains(name) { decoders.append(name) }
      case .done(let result):
        if isSegmentOpen { throw disorder("an end within a segment") }
        return result
      }
      return nil
    }

    func finish() {
      endSegment()
      endDocument()
    }

    private func openDocument() {
      guard !isDocumentOpen else { return }
      isDocumentOpen = true
      sink.begin(document: DocumentInfo(path: job.path))
    }

    private func endSegment() {
      guard isSegmentOpen else { return }
      if !isComplete {
        sink.text(UnsafeRawBufferPointer(start: nil, count: 0), map: OffsetMap(), last: true)
      }
      sink.endSegment()
      isSegmentOpen = false
    }

    private func endDocument() {
      guard isDocumentOpen else { return }
      sink.endDocument()
      isDocumentOpen = false
    }

    private func below(_ path: String) -> String {
      path.isEmpty ? job.path : job.path + " > " + Display.escape(path)
    }

    private func disorder(_ what: String) -> ChildProcess.Failure {
      ChildProcess.Failure(kind: .nonsense, detail: "it sent \(what)")
    }
  }
}
