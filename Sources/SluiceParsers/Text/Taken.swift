import SluiceCore
import SluiceExtract

/// Formats of one text: what their readers see, said as segments of the document that is open.
extension Walk {
  /// HTML, in every plausible reading of its bytes.
  func html(_ part: Part, _ about: About) throws(Stop) {
    reply.decoder("html")
    var whole = part
    if part.base > 0 {
      guard let copy = try copy(part, about) else { return }
      whole = copy
    }
    let collector = TextCollector(limit: limits.documentBytes)
    do throws(ReadFailure) {
      let reading = try extractor.read(
        part: whole.descriptor, path: about.path, as: .body, declared: about.charset,
        into: collector)
      for gap in reading.summary.unexamined { reply.gap(gap) }
    } catch {
      return gap(about.path, .unreadable, error.message)
    }
    for signal in collector.signals { reply.signal(signal) }
    if collector.isCut {
      gap(
        about.path, .limit,
        "only its first \(limits.documentBytes) bytes were taken apart as HTML; the whole was read as plain text",
        limit: .documentBytes, bytes: part.length - limits.documentBytes)
      try text(part, about)
    }
    var embedded: [[UInt8]] = []
    for (name, bytes) in collector.readings {
      try budget.checkTime(about.path)
      var reader = HTMLReader()
      reader.read(bytes)
      reader.say(to: reply, path: about.path, reading: name)
      if embedded.isEmpty { embedded = reader.embedded }
    }
    for (index, bytes) in embedded.enumerated() {
      try inner(bytes, about.part("address \(index + 1)", name: ""))
    }
  }

  /// Bytes that were found in a text.
  func inner(_ bytes: [UInt8], _ about: About) throws(Stop) {
    try budget.member(about.path)
    try budget.expand(bytes.count, about.path)
    guard slots.begin(about.depth) != nil else {
      return gap(
        about.path, .limit, "it lies in \(about.depth) containers, more than are opened",
        limit: .depth, parts: 1)
    }
    guard bytes.withUnsafeBytes({ slots.append(about.depth, $0) }) else { return }
    try examine(slots.part(about.depth), about)
  }

  func xml(_ part: Part, _ about: About) throws(Stop) {
    reply.decoder("xml")
    let text = XMLText(.plain, limit: limits.documentBytes)
    let end = XMLWalk.read(part, into: text) { self.budget.isLate }
    text.say(to: reply, path: about.path)
    // What is no XML to its end is a text that only looks like it.
    if case .damaged = end { return try self.text(part, about) }
    try self.end(end, about.path)
  }

  func end(_ end: XMLWalk.End, _ path: String) throws(Stop) {
    switch end {
    case .whole: try budget.checkTime(path)
    case .damaged(let message): gap(path, .damaged, "XML: \(message)")
    case .expanded:
      gap(path, .limit, "its entities multiply without end", limit: .ratio)
    case .full:
      gap(
        path, .limit, "only the first \(limits.documentBytes) bytes of its text were examined",
        limit: .documentBytes)
    }
  }

  /// Rich text, which has a reader of our own.
  func richText(_ part: Part, _ about: About) throws(Stop) {
    reply.decoder("rtf")
    if part.length > limits.documentBytes {
      gap(
        about.path, .limit, "only its first \(limits.documentBytes) bytes were taken apart",
        limit: .documentBytes, bytes: part.length - limits.documentBytes)
    }
    var reader = RTFReader(part.bytes(0..<min(part.length, limits.documentBytes)))
    reader.read()
    reply.segment(about.path, .body, reader.text.utf8)
    reply.segment(about.below("hidden text"), .hidden, ifAny: reader.hidden)
    reply.segment(about.below("metadata"), .metadata, ifAny: reader.metadata)
    reply.segment(about.below("links"), .link, ifAny: reader.fields)
    if reader.hidden.utf8.contains(where: { $0 > 0x20 }) { reply.signal(.hiddenText) }
    for (index, object) in reader.objects.enumerated() {
      try inner(object, about.part("object \(index + 1)", name: ""))
    }
  }
}
