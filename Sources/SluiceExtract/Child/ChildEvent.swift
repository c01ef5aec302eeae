import SluiceCore

/// What the child says, one frame each: four bytes of length, one of kind, then the fields.
package enum ChildEvent {
  /// The first frame of a child's life.
  case hello(ChildHello)
  /// A document ends, and another begins with this path below the item.
  case document(path: String)
  case segment(path: String, part: SegmentInfo.Part, reading: String?)
  /// Whole characters; valid during the call only.
  case text(UnsafeRawBufferPointer, last: Bool)
  case segmentEnd
  case gap(Unexamined)
  case signal(Signal)
  case decoder(String)
  case done(ChildResult)

  package enum Kind: UInt8 {
    case hello = 1
    case document, segment, text, segmentEnd, gap, signal, decoder, done
  }

  /// Bytes of the longest frame, and of the texts in it.
  package static let longest = 512 << 10
  package static let longestText = 256 << 10
  package static let longestPath = 16 << 10

  package init(_ frame: UnsafeRawBufferPointer) throws(WireReader.Malformed) {
    var wire = WireReader(frame)
    guard let kind = Kind(rawValue: try wire.byte()) else { throw WireReader.Malformed() }
    switch kind {
    case .hello: self = .hello(try ChildHello(reading: &wire))
    case .document: self = .document(path: try wire.text(upTo: Self.longestPath))
    case .segment:
      let part = try Self.part(&wire)
      let path = try wire.text(upTo: Self.longestPath)
      let reading = try wire.text(upTo: 256)
      self = .segment(path: path, part: part, reading: reading.isEmpty ? nil : reading)
    case .text:
      let last = try wire.byte()
      guard last <= 1 else { throw WireReader.Malformed() }
      let bytes = try wire.block(upTo: Self.longestText)
      guard Self.isText(bytes) else { throw WireReader.Malformed() }
      self = .text(bytes, last: last == 1)
    case .segmentEnd: self = .segmentEnd
    case .gap: self = .gap(try Self.gap(&wire))
    case .signal:
      guard let signal = Signal(rawValue: try wire.text(upTo: 64)) else {
        throw WireReader.Malformed()
      }
      self = .signal(signal)
    case .decoder: self = .decoder(try wire.text(upTo: 256))
    case .done: self = .done(try ChildResult(reading: &wire))
    }
    try wire.end()
  }

  private static func part(_ wire: inout WireReader) throws(WireReader.Malformed)
    -> SegmentInfo.Part
  {
    guard let part = SegmentInfo.Part(rawValue: try wire.text(upTo: 64)) else {
      throw WireReader.Malformed()
    }
    return part
  }

  private static func gap(_ wire: inout WireReader) throws(WireReader.Malformed) -> Unexamined {
    guard let cause = Unexamined.Cause(rawValue: try wire.text(upTo: 64)) else {
      throw WireReader.Malformed()
    }
    let limit = try wire.text(upTo: 64)
    let bytes = try wire.number()
    let parts = try wire.number()
    var gap = Unexamined(
      segment: try wire.text(upTo: longestPath), cause: cause, detail: try wire.text(upTo: 4096))
    if !limit.isEmpty {
      guard let known = Unexamined.Limit(rawValue: limit) else { throw WireReader.Malformed() }
      gap.limit = known
    }
    if bytes >= 0 { gap.bytes = bytes }
    if parts >= 0 { gap.parts = parts }
    return gap
  }

  private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !bytes.isEmpty else { return true }
    return bytes.withMemoryRebound(to: UInt8.self) { bytes in
      do {
        _ = try UTF8Span(validating: bytes.span)
        return true
      } catch {
        return false
      }
    }
  }
}

/// What a child says of itself when it is ready to work.
package struct ChildHello: Sendable, Hashable {
  /// Both sides speak this version, or none.
  package static let version = 1

  package var version = Self.version
  package var confinement: Confinement
  /// What of the jail is missing, and why; empty where nothing is.
  package var trouble: String
  /// The formats it opens, with the version of the library that does.
  package var decoders: [String]

  package init(confinement: Confinement, trouble: String, decoders: [String]) {
    self.confinement = confinement
    self.trouble = trouble
    self.decoders = decoders
  }

  init(reading wire: inout WireReader) throws(WireReader.Malformed) {
    version = try wire.number()
    confinement = Confinement(rawValue: try wire.byte())
    trouble = try wire.text(upTo: 4096)
    decoders = []
    for _ in 0..<(try wire.number(upTo: 256)) { decoders.append(try wire.text(upTo: 256)) }
  }

  package var bytes: [UInt8] {
    var wire = WireWriter()
    wire.byte(ChildEvent.Kind.hello.rawValue)
    wire.number(version)
    wire.byte(confinement.rawValue)
    wire.text(String(trouble.prefix(1000)))
    wire.number(decoders.count)
    for decoder in decoders { wire.text(decoder) }
    return wire.bytes
  }
}

/// The end of an answer.
package struct ChildResult: Sendable, Hashable {
  /// That of the request.
  package var id: Int
  package var examined: Examined
  /// Bytes that the item's parts came to.
  package var expandedBytes: Int
  /// The child ends after this answer: it has worked long enough.
  package var leaves: Bool

  package init(id: Int, examined: Examined, expandedBytes: Int, leaves: Bool = false) {
    self.id = id
    self.examined = examined
    self.expandedBytes = expandedBytes
    self.leaves = leaves
  }

  init(reading wire: inout WireReader) throws(WireReader.Malformed) {
    id = try wire.number()
    guard let examined = Examined(rawValue: try wire.text(upTo: 64)) else {
      throw WireReader.Malformed()
    }
    self.examined = examined
    expandedBytes = try wire.number(upTo: .max)
    leaves = try wire.byte() == 1
  }

  package var bytes: [UInt8] {
    var wire = WireWriter()
    wire.byte(ChildEvent.Kind.done.rawValue)
    wire.number(id)
    wire.text(examined.rawValue)
    wire.number(expandedBytes)
    wire.byte(leaves ? 1 : 0)
    return wire.bytes
  }
}

/// What keeps a child in bounds, as the child found it.
package struct Confinement: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let limits = Confinement(rawValue: 1)
  package static let noNewPrivileges = Confinement(rawValue: 2)
  package static let landlock = Confinement(rawValue: 4)
  package static let seccomp = Confinement(rawValue: 8)
  package static let all: Confinement = [.limits, .noNewPrivileges, .landlock, .seccomp]

  /// As `status` and the start record show it.
  package var names: [String] {
    [
      (Self.limits, "limits"), (.noNewPrivileges, "no_new_privileges"), (.landlock, "landlock"),
      (.seccomp, "seccomp"),
    ].filter { contains($0.0) }.map(\.1)
  }
}
