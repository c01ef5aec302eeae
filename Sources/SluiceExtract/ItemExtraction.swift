import SluiceCore

/// The reading of one item: a first pass that tells what it is, then a pass for each reading.
final class ItemExtraction {
  /// Bytes that a decoder gets at once, so that a piece of text and its map stay small.
  static let slice = 32 << 10

  /// What the reading is of, beside the bytes.
  struct Task {
    var name: [UInt8]
    /// The path of its document, and of its segments.
    var path: String
    var part = SegmentInfo.Part.body
    /// The document is opened and ended here; otherwise the sink has one open.
    var ownsDocument = true
    /// A character set that whatever holds it says it is in.
    var declared: String?
  }

  private let name: [UInt8]
  private let path: String
  private let task: Task
  private let parsers: ParserClient?
  private let alive: () -> Void
  private let reader: ItemReader
  private let builder: TextBuilder
  private let limits: ExtractLimits
  private let sink: any TextSink
  private var writer: SegmentWriter

  private var profile = ContentProfile()
  private(set) var embedded = Embedded()
  private(set) var type: FileType?
  private var summary = ExtractionSummary()
  private var decodedSegments = 0

  init(
    _ task: Task, reader: ItemReader, builder: TextBuilder, limits: ExtractLimits,
    sink: any TextSink, parsers: ParserClient? = nil, alive: @escaping () -> Void = {}
  ) {
    self.task = task
    self.parsers = parsers
    self.alive = alive
    name = task.name
    path = task.path
    self.reader = reader
    self.builder = builder
    self.limits = limits
    self.sink = sink
    writer = SegmentWriter(
      sink: sink, path: path, part: task.part, limit: limits.segmentBytes)
  }

  func run(_ descriptor: Int32, observe: (UnsafeRawBufferPointer) -> Void) throws(ReadFailure)
    -> ExtractionSummary
  {
    if task.ownsDocument { sink.begin(document: DocumentInfo(path: path)) }
    // The buffer holds the head only until the next block.
    let hints = TextHints(reader.head, declared: task.declared)
    type = Sniffer.type(of: reader.head)
    let isMarked = parsers != nil && TextMark.of(reader.head) != nil
    // What a parser must see is not handed on before it has.
    let isOpened = isMarked || parsers != nil && type?.gap != nil
    let isStreamed = !reader.isResident && !isOpened && Self.isPlainText(reader.head)
    try firstPass(
      type: type, streaming: isStreamed ? hints.mark?.isUTF8 == true ? 3 : 0 : nil, observe)

    // A text that begins like a picture is a text; one that begins like a PDF file can be both.
    if profile.isCleanText, type?.canBeText == false { type = nil }
    if let parsers, !isStreamed, isForChild(isMarked) {
      return try readByChild(parsers, descriptor: descriptor)
    }
    let plan = ReadingPlan(profile, hints: hints)
    try readings(plan, streamed: isStreamed)
    try runs(plan)
    try unescaped(plan)
    signals(plan, type: type)
    conclude(plan, type: type)
    if task.ownsDocument { sink.endDocument() }
    if let parsers, let (inner, offset) = embedded.found, type?.gap == nil {
      let examined = summary.examined
      try parsers.read(
        ParserClient.Job(
          descriptor: descriptor, offset: offset, length: within - offset, depth: 1, name: [],
          path: path + " > \(inner.name) at byte \(offset)"),
        into: sink, summary: &summary, alive: alive)
      summary.examined = examined
    }
    return summary
  }

  /// Bytes of the item that are decoded.
  private var within: Int { min(reader.length, limits.fileBytes) }

  /// Whether a parser must see the item: it is a container or a document, it has the marks of a
  /// format, or it is nothing that is known here.
  private func isForChild(_ isMarked: Bool) -> Bool {
    switch type?.kind {
    case .archive, .document: true
    case .media: readsPicture
    case .encrypted, .executable, .legacyOffice, .other: false
    case nil: isMarked || !profile.isTextLike
    }
  }

  private var readsPicture: Bool {
    guard let parsers, let type else { return false }
    return parsers.options.pictures != .off && PictureReading.kinds.contains(type.name)
  }

  private func readByChild(_ parsers: ParserClient, descriptor: Int32) throws(ReadFailure)
    -> ExtractionSummary
  {
    summary.examinedBytes = within
    if Sniffer.nameLies(name, type: type, isText: profile.isCleanText) { sink.signal(.nameLies) }
    if profile.directionCount > 0 { sink.signal(.bidirectional) }
    try parsers.read(
      ParserClient.Job(
        descriptor: descriptor, length: within, name: name, path: path, isDocumentOpen: true),
      into: sink, summary: &summary, alive: alive)
    noteInput()
    return summary
  }

  /// Hashes, and learns what the item is. A large text that begins as UTF-8 is handed on in the same
  /// pass; if it turns out not to be, its other readings follow.
  private func firstPass(
    type: FileType?, streaming skip: Int?, _ observe: (UnsafeRawBufferPointer) -> Void
  ) throws(ReadFailure) {
    if skip != nil { writer.begin(reading: nil) }
    try reader.first(observe: observe) { stretch in
      let (controls, invalid) = (profile.controlCount, profile.invalidCount)
      let reach = stretch.final ? 0 : min(Embedded.reach, stretch.bytes.count)
      let ready = UnsafeBufferPointer(rebasing: stretch.bytes.dropLast(reach))
      let used = profile.add(ready, at: stretch.origin, final: stretch.final)
      // No archive is plain text; one may begin with the last plain bytes of a block.
      let isPlain =
        profile.controlCount == controls && profile.invalidCount == invalid
        && !stretch.bytes[used...].contains { $0 < 0x09 || $0 >= 0x7F }
      if !isPlain {
        embedded.look(stretch.bytes, used: used, at: stretch.origin, in: type)
      }
      if let skip {
        let seen = UnsafeBufferPointer(rebasing: ready[0..<used])
        let stretch = ItemReader.Stretch(bytes: seen, origin: stretch.origin, final: stretch.final)
        if profile.invalidCount == invalid {
          pass(stretch, skip: skip)
        } else {
          var decoder: any Decoder = UTF8Decoder()
          _ = decode(stretch, skip: skip, with: &decoder, complete: true)
        }
      }
      return used
    }
    if skip != nil { writer.end(evenEmpty: true) }
  }

  private func readings(_ plan: ReadingPlan, streamed: Bool) throws(ReadFailure) {
    let taken = plan.readings.prefix(limits.readings)
    for reading in taken {
      summary.decoders.append(reading.charset.name)
      if streamed, reading.charset.isPlainUTF8 { continue }
      writer.begin(reading: plan.readings.count > 1 ? reading.charset.name : nil)
      try read(reading)
      writer.end(evenEmpty: true)
    }
    if taken.count < plan.readings.count {
      let left = plan.readings[taken.count...].map(\.charset.name).joined(separator: ", ")
      note(
        .limit, "not read as \(left): beyond the limit of \(limits.readings) readings",
        limit: .readings)
    }
  }

  private func read(_ reading: ReadingPlan.Reading) throws(ReadFailure) {
    if reading.charset.isPlainUTF8, profile.isValidUTF8 {
      return try reader.again { stretch in
        let used = stretch.final ? stretch.bytes.count : stretch.bytes.endOfWholeUTF8
        let seen = UnsafeBufferPointer(rebasing: stretch.bytes[0..<used])
        pass(.init(bytes: seen, origin: stretch.origin, final: stretch.final), skip: reading.skip)
        return writer.isFull ? nil : used
      }
    }
    var decoder = reading.charset.decoder
    try reader.again { decode($0, skip: reading.skip, with: &decoder) }
  }

  /// The runs of text in what is no text as a whole, and in text that holds more than text.
  private func runs(_ plan: ReadingPlan) throws(ReadFailure) {
    if !profile.isTextLike { try runs("runs of ascii and utf-8", NarrowRuns()) }
    guard profile.controlCount > 0 else { return }
    let read = plan.readings.map(\.charset.name)
    for bigEndian in [false, true] {
      let charset = Charset.utf16(bigEndian: bigEndian).name
      if !read.contains(charset) {
        try runs("runs of \(charset)", WideRuns(bigEndian: bigEndian))
      }
    }
  }

  /// The strings of JSON and the cells of CSV as they are meant, where they are written with escapes.
  private func unescaped(_ plan: ReadingPlan) throws(ReadFailure) {
    guard profile.isValidUTF8, profile.isTextLike, let form = TextForm(reader.head) else { return }
    let whole = writer
    defer { writer = whole }
    writer = SegmentWriter(
      sink: sink, path: SegmentPath.below(path, form.name), part: .decoded,
      limit: limits.segmentBytes)
    var decoder = form.decoder
    writer.begin(reading: nil)
    try reader.again { decode($0, skip: 0, with: &decoder) }
    writer.end(evenEmpty: false)
    decodedSegments += writer.segments
    for cut in writer.cuts { note(.limit, cut, limit: .segmentBytes) }
    summary.decoders.append(form.name)
  }

  private func runs(_ reading: String, _ runs: some Decoder) throws(ReadFailure) {
    let before = writer.segments
    var decoder: any Decoder = runs
    writer.begin(reading: reading)
    try reader.again { decode($0, skip: 0, with: &decoder) }
    writer.end(evenEmpty: false)
    if writer.segments > before || !profile.isTextLike { summary.decoders.append(reading) }
  }

  /// Hands on what is valid UTF-8 as it stands.
  private func pass(_ stretch: ItemReader.Stretch, skip: Int) {
    let cut = min(stretch.bytes.count, max(0, skip - stretch.origin))
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: stretch.bytes[cut...]))
    if bytes.isEmpty, !stretch.final { return }
    writer.text(bytes, map: OffsetMap(identityAt: stretch.origin + cut), last: stretch.final)
  }

  /// - Parameter complete: the stretch ends with a whole character although more follows.
  /// - Returns: bytes used, or nil if no more are wanted.
  private func decode(
    _ stretch: ItemReader.Stretch, skip: Int, with decoder: inout any Decoder,
    complete: Bool = false
  ) -> Int? {
    var index = min(stretch.bytes.count, max(0, skip - stretch.origin))
    while true {
      let end = min(stretch.bytes.count, index + Self.slice)
      let isEnd = end == stretch.bytes.count
      builder.removeAll()
      let used = decoder.decode(
        UnsafeBufferPointer(rebasing: stretch.bytes[index..<end]), at: stretch.origin + index,
        final: isEnd && (stretch.final || complete), into: builder)
      let last = isEnd && stretch.final
      if builder.count > 0 || last, builder.count > 0 || writer.isBegun {
        writer.text(
          builder.contents, map: builder.map(at: stretch.origin + index), last: last)
      }
      index += used
      if writer.isFull { return nil }
      if isEnd { return index }
    }
  }

  private func signals(_ plan: ReadingPlan, type: FileType?) {
    let isText = !plan.readings.isEmpty
    if Sniffer.nameLies(name, type: type, isText: isText && profile.isCleanText) {
      sink.signal(.nameLies)
    }
    if plan.declarationLies { sink.signal(.charsetLies) }
    if plan.readings.count > 1 { sink.signal(.ambiguousCharset) }
    if profile.directionCount > 0 { sink.signal(.bidirectional) }
  }

  private func conclude(_ plan: ReadingPlan, type: FileType?) {
    summary.segments = writer.segments + decodedSegments
    summary.examinedBytes = within
    summary.examined =
      type?.kind == .media ? .metadata : plan.readings.isEmpty ? .runs : .text
    if let gap = type?.gap {
      note(gap.cause == .encrypted ? .encrypted : .noDecoder, gap.detail)
    } else if parsers == nil, task.ownsDocument, let (inner, offset) = embedded.found {
      note(.noDecoder, "holds a \(inner.name) at byte \(offset), which nothing here decodes")
    }
    for label in plan.unreadable {
      note(.noDecoder, "declares the character set \(label), which nothing here reads")
    }
    for cut in writer.cuts { note(.limit, cut, limit: .segmentBytes) }
    noteInput()
  }

  private func noteInput() {
    if reader.length > limits.fileBytes {
      note(
        .limit,
        "bytes from \(limits.fileBytes) on of \(reader.length): beyond the limit of a file's size",
        limit: .fileBytes, bytes: reader.length - limits.fileBytes)
    }
    if reader.hasChanged { note(.changed, "it was written to while it was read") }
  }

  private func note(
    _ cause: Unexamined.Cause, _ detail: String, limit: Unexamined.Limit? = nil, bytes: Int? = nil
  ) {
    var gap = Unexamined(segment: path, cause: cause, detail: detail)
    (gap.limit, gap.bytes) = (limit, bytes)
    summary.unexamined.append(gap)
  }

  private static func isPlainText(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    var probe = ContentProfile()
    _ = probe.add(head, at: 0, final: false)
    return probe.isValidUTF8 && probe.isTextLike
  }
}
