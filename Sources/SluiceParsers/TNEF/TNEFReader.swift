import CYtnef
import Glibc
import SluiceCore
import SluiceExtract

/// Opens what Outlook packs a mail into (`winmail.dat`) with libytnef: its subject, its text in each
/// form it has, its other properties, and its attachments, each a document of its own.
/// Source of the properties' numbers: [MS-OXPROPS].
struct TNEFReader {
  let walk: Walk
  let part: Part
  let about: Walk.About

  func read() throws(Stop) {
    walk.reply.decoder("tnef")
    var bytes = part.bytes(0..<min(part.length, walk.limits.partBytes))
    if bytes.count < part.length {
      walk.gap(
        about.path, .limit,
        "what comes after its first \(walk.limits.partBytes) bytes was not examined",
        limit: .partBytes, parts: 1)
    }
    var message = TNEFStruct()
    TNEFInitialize(&message)
    defer { TNEFFree(&message) }
    let size = bytes.count
    let code = bytes.withUnsafeMutableBufferPointer {
      TNEFParseMemory($0.baseAddress, size, &message)
    }
    let properties = Properties(message.MapiProperties)
    if code < 0 {
      walk.gap(about.path, .damaged, "TNEF: it could not be read to its end (error \(code))")
      try walk.text(part, about, isTold: true)
    }
    try say(message, properties)
    try attachments(&message)
  }

  private func say(_ message: TNEFStruct, _ properties: Properties) throws(Stop) {
    let subject = Self.bytes(message.subject) ?? properties[SLUICE_TNEF_SUBJECT]
    if let subject {
      walk.reply.segment(about.below("subject"), .subject, ifAny: Self.text(subject))
    }
    walk.reply.segment(
      about.below("properties"), .metadata,
      ifAny: properties.texts.map(Self.text).joined(separator: "\n")
    )
    for (name, number) in [
      ("body", SLUICE_TNEF_BODY), ("body in HTML", SLUICE_TNEF_HTML),
    ] {
      let own = name == "body" ? Self.bytes(message.body) : nil
      if let text = own ?? properties[number] { try body(text, name) }
    }
    if let packed = properties[SLUICE_TNEF_RICH_TEXT],
      let text = Self.unpacked(packed)
    {
      try body(text, "rich text")
    }
  }

  private func body(_ text: [UInt8], _ name: String) throws(Stop) {
    walk.reply.resume(document: about.path)
    var inner = about.part(name, name: "")
    inner.isBody = true
    // A string ends with a NUL, which is no text.
    try walk.inner(text.last == 0 ? Array(text.dropLast()) : text, inner)
  }

  private func attachments(_ message: inout TNEFStruct) throws(Stop) {
    var next = message.starting_attach.next
    var number = 0
    while let attachment = next {
      next = attachment.pointee.next
      number += 1
      let properties = Properties(attachment.pointee.MAPI)
      let given =
        properties[SLUICE_TNEF_LONG_NAME] ?? Self.bytes(attachment.pointee.Title)
        ?? properties[SLUICE_TNEF_SHORT_NAME]
      let name = given.map { Display.escape(Self.text($0)) } ?? ""
      let inner = about.part(name.isEmpty ? "attachment \(number)" : name, name: name)
      var data = Self.bytes(attachment.pointee.FileData)
      if data == nil, let object = properties[SLUICE_TNEF_DATA] {
        // An embedded message stands behind the number of its interface.
        data =
          object.count > 16 && object[16...].starts(with: Self.mark) ? Array(object[16...]) : object
      }
      guard let data else { continue }
      try walk.inner(data, inner)
    }
  }

  private static let mark: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]

  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  fileprivate static func bytes(_ value: variableLength) -> [UInt8]? {
    guard let data = value.data, value.size > 0 else { return nil }
    return Array(UnsafeBufferPointer(start: data, count: Int(value.size)))
  }

  /// Rich text as [MS-OXRTFCP] compresses it.
  private static func unpacked(_ packed: [UInt8]) -> [UInt8]? {
    var packed = packed
    return packed.withUnsafeMutableBufferPointer { packed -> [UInt8]? in
      var value = variableLength(data: packed.baseAddress, size: Int32(packed.count))
      var size: Int32 = 0
      guard let text = DecompressRTF(&value, &size) else { return nil }
      defer { free(text) }
      return size > 0 ? Array(UnsafeBufferPointer(start: text, count: Int(size))) : nil
    }
  }

  /// The properties of a message or an attachment, by their numbers.
  private struct Properties {
    private var values: [Int: [UInt8]] = [:]
    /// What is text and has no place of its own.
    private(set) var texts: [[UInt8]] = []

    init(_ list: MAPIProps) {
      guard let properties = list.properties else { return }
      let apart = [
        SLUICE_TNEF_SUBJECT, SLUICE_TNEF_BODY, SLUICE_TNEF_HTML, SLUICE_TNEF_RICH_TEXT,
      ]
      for index in 0..<Int(list.count) {
        let property = properties[index]
        guard property.count > 0, let first = property.data,
          let bytes = TNEFReader.bytes(first.pointee)
        else { continue }
        let (kind, number) = (property.id & 0xFFFF, Int(property.id >> 16))
        if values[number] == nil { values[number] = bytes }
        let isText =
          kind & 0xFFF == UInt32(SLUICE_TNEF_STRING)
          || kind & 0xFFF == UInt32(SLUICE_TNEF_UNICODE)
        if isText, !apart.contains(number) { texts.append(bytes) }
      }
    }

    subscript(number: Int) -> [UInt8]? { values[number] }
  }
}
