import SluiceCore
import SluiceExtract

/// The reading of one item, with everything that is inside it.
final class Walk {
  let limits: ExtractLimits
  let reply: Reply
  let slots: Slots
  let budget: Budget
  private let request: ChildRequest
  private let item: Part
  let extractor: Extractor
  private var examined = Examined.text

  /// What is known of a part before it is looked at.
  struct About {
    /// Below the item's.
    var path: String
    /// As its container calls it; a hint that only decides names of parts without one.
    var name: String
    /// Containers that it is in.
    var depth: Int
    /// The character set that its container says it is in.
    var charset: String?
    /// It is text of the document that is open, not a document of its own.
    var isBody = false

    /// A part of this one.
    func part(_ path: String, name: String) -> About {
      About(path: below(path), name: name, depth: depth + 1)
    }

    /// The path of something in it.
    func below(_ name: String) -> String { SegmentPath.below(path, name) }
  }

  init(_ request: ChildRequest, descriptor: Int32, reply: Reply, slots: Slots) {
    self.request = request
    self.reply = reply
    self.slots = slots
    limits = request.limits
    item = Part(descriptor: descriptor, base: request.offset, length: request.length)
    budget = Budget(limits, size: request.length, reply: reply)
    extractor = Extractor(limits: limits)
  }

  func run() -> Examined {
    reply.begin()
    let about = About(
      path: "", name: Display.name(request.name), depth: request.depth, isBody: true)
    do throws(Stop) { try examine(item, about) } catch {
      // The gap that says why is in the reply.
    }
    reply.end()
    return examined
  }

  /// Reads a part whatever it is.
  func examine(_ part: Part, _ about: About) throws(Stop) {
    let format = Format(part)
    if !about.isBody {
      reply.begin(document: DocumentInfo(path: about.path))
      reply.segment(about.path + " > name", .name, ifAny: about.name)
      if Sniffer.nameLies(Array(about.name.utf8), type: format.type, isText: format.isPlain) {
        reply.signal(.nameLies)
      }
    }
    switch format.kind {
    case .archive:
      try container(about, part) { about throws(Stop) in
        try ArchiveReader(
          self, part, about, type: format.type?.name
        ).read()
      }
    case .mail(let isMailbox):
      try container(about, part) { about throws(Stop) in
        try MailReader(self, part, about).read(isMailbox: isMailbox)
      }
    case .tnef:
      try container(about, part) { about throws(Stop) in
        try TNEFReader(walk: self, part: part, about: about).read()
      }
    case .pdf:
      try container(about, part) { about throws(Stop) in try PDFReader(self, part, about).read() }
    case .html:
      if format.isUndecided { try text(part, about) }
      try html(part, about)
    case .xml: try xml(part, about)
    case .richText: try richText(part, about)
    case .text: try text(part, about)
    }
    if PictureReader.reading != .off, let type = format.type,
      PictureReading.kinds.contains(type.name),
      try PictureReader(walk: self, part: part, about: about).read(), about.depth == request.depth
    {
      examined = .text
    }
    for (offset, name) in format.uuencoded {
      try container(about, part) { about throws(Stop) in
        let name = Display.name(name)
        try ArchiveReader(
          self, part.from(offset), about, type: "uuencoded file",
          ownName: name.isEmpty ? "content" : name
        ).read()
      }
    }
    if let media = format.media { reply.decoder("libmagic: \(media)") }
  }

  private func container(
    _ about: About, _ part: Part, _ read: (About) throws(Stop) -> Void
  ) throws(Stop) {
    guard about.depth < limits.depth else {
      return gap(
        about.path, .limit, "it lies in \(about.depth) containers, more than are opened",
        limit: .depth, bytes: part.length)
    }
    try read(about)
  }

  /// Reads a part as text, or by its runs of text where it is none.
  /// - Parameter isTold: why its format was not opened has been said.
  func text(
    _ part: Part, _ about: About, as kind: SegmentInfo.Part = .body, isTold: Bool = false
  ) throws(Stop) {
    var whole = part
    if part.base > 0 {
      guard let copy = try copy(part, about) else { return }
      whole = copy
    }
    let reading: Extractor.PartReading
    do throws(ReadFailure) {
      reading = try extractor.read(
        part: whole.descriptor, path: about.path, as: kind, declared: about.charset, into: reply)
    } catch {
      return gap(about.path, .unreadable, error.message)
    }
    for gap in reading.summary.unexamined where !isTold || gap.cause != .noDecoder {
      reply.gap(gap)
    }
    for decoder in reading.summary.decoders { reply.decoder(decoder) }
    if about.depth == request.depth { examined = reading.summary.examined }
    try budget.checkTime(about.path)
    guard let (inner, offset) = reading.embedded, offset > 0 else { return }
    try examine(part.from(offset), about.part("\(inner.name) at byte \(offset)", name: ""))
  }

  /// A copy of a part that begins within a file, so that it can be read from its first byte.
  func copy(_ part: Part, _ about: About) throws(Stop) -> Part? {
    let depth = about.depth + 1
    guard slots.begin(depth) != nil else { return nil }
    var offset = 0
    while offset < min(part.length, limits.partBytes) {
      let block = part.bytes(offset..<min(part.length, offset + (256 << 10)))
      guard !block.isEmpty, block.withUnsafeBytes({ slots.append(depth, $0) }) else { break }
      offset += block.count
      try budget.checkTime(about.path)
    }
    return slots.part(depth)
  }

  func gap(
    _ path: String, _ cause: Unexamined.Cause, _ detail: String,
    limit: Unexamined.Limit? = nil, bytes: Int? = nil, parts: Int? = nil
  ) {
    var gap = Unexamined(segment: path, cause: cause, detail: detail)
    (gap.limit, gap.bytes, gap.parts) = (limit, bytes, parts)
    reply.gap(gap)
  }
}
