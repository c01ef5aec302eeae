import CGMime
import SluiceCore
import SluiceExtract

/// Opens mails and mailboxes. A mail's headers and bodies are one document; each attachment, and
/// each mail inside it, is one of its own, read after it.
final class MailReader {
  private let walk: Walk
  private let part: Part
  private let about: Walk.About
  /// Multiparts inside one another; honest mails have four or five.
  private static let mostLevels = 40
  private var number = 0
  /// Attachments of the message in hand, with their numbers.
  private var later: [(object: UnsafeMutablePointer<GMimeObject>, number: Int)] = []

  init(_ walk: Walk, _ part: Part, _ about: Walk.About) {
    self.walk = walk
    self.part = part
    self.about = about
  }

  func read(isMailbox: Bool) throws(Stop) {
    walk.reply.decoder("mail")
    guard
      let stream = sluice_mime_stream(
        part.descriptor, part.base, part.base + part.length)
    else { return try walk.text(part, about) }
    defer { sluice_mime_release(stream) }
    guard let parser = g_mime_parser_new_with_stream(stream) else {
      return try walk.text(part, about)
    }
    defer { sluice_mime_release(parser) }
    g_mime_parser_set_format(parser, isMailbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE)
    guard isMailbox else {
      guard let message = g_mime_parser_construct_message(parser, nil) else {
        walk.gap(about.path, .damaged, "it begins like a mail and is none")
        return try walk.text(part, about)
      }
      defer { sluice_mime_release(message) }
      return try read(message, about)
    }
    try mailbox(parser)
  }

  private func mailbox(_ parser: UnsafeMutablePointer<GMimeParser>) throws(Stop) {
    var count = 0
    while g_mime_parser_eos(parser) == 0 {
      guard let message = g_mime_parser_construct_message(parser, nil) else { break }
      defer { sluice_mime_release(message) }
      count += 1
      var inner = about.part("message \(count)", name: "")
      inner.depth = about.depth
      try walk.budget.member(inner.path)
      walk.reply.begin(document: DocumentInfo(path: inner.path))
      try MailReader(walk, part, inner).read(message, inner)
    }
    if count == 0 { try walk.text(part, about) }
  }

  private func read(_ message: UnsafeMutablePointer<GMimeMessage>, _ about: Walk.About)
    throws(Stop)
  {
    headers(sluice_mime_object(message), about)
    if let body = g_mime_message_get_mime_part(message) {
      try object(body, about, level: 0)
    }
    let attachments = later
    later = []
    for (object, number) in attachments { try attachment(object, number, about) }
  }

  /// The subject as a segment of its own, all other fields as one, encoded words undone.
  private func headers(_ object: UnsafeMutablePointer<GMimeObject>, _ about: Walk.About) {
    guard let list = g_mime_object_get_header_list(object) else { return }
    var (subject, fields) = ("", "")
    for index in 0..<g_mime_header_list_get_count(list) {
      guard let header = g_mime_header_list_get_header_at(list, index),
        let name = g_mime_header_get_name(header)
      else { continue }
      let value =
        g_mime_header_get_value(header).map { String(cString: $0) } ?? ""
      if String(cString: name).lowercased() == "subject" {
        subject += subject.isEmpty ? value : "\n" + value
      } else {
        fields += String(cString: name) + ": " + value + "\n"
      }
    }
    walk.reply.segment(about.below("subject"), .subject, ifAny: subject)
    walk.reply.segment(about.below("headers"), .header, ifAny: fields)
  }

  private func object(
    _ object: UnsafeMutablePointer<GMimeObject>, _ about: Walk.About, level: Int
  ) throws(Stop) {
    guard level <= Self.mostLevels else {
      return walk.gap(
        about.path, .limit, "its parts lie in more than \(Self.mostLevels) others", limit: .depth,
        parts: 1)
    }
    let kind = sluice_mime_kind(object)
    switch kind {
    case SLUICE_MIME_MULTIPART: try multipart(object, about, level: level)
    case SLUICE_MIME_ENCRYPTED:
      number += 1
      walk.gap(about.below("part \(number)"), .encrypted, "an encrypted mail", parts: 1)
    case SLUICE_MIME_PARTIAL:
      number += 1
      walk.gap(
        about.below("part \(number)"), .noDecoder,
        "a piece of a mail whose other pieces came elsewhere", parts: 1)
    case SLUICE_MIME_MESSAGE:
      number += 1
      later.append((object, number))
    case SLUICE_MIME_PART:
      number += 1
      if isBody(object) {
        try leaf(object, number, about, isBody: true)
      } else {
        later.append((object, number))
      }
    default:
      number += 1
      walk.gap(
        about.below("part \(number)"), .noDecoder, "a part that nothing here reads", parts: 1)
    }
  }

  private func multipart(
    _ object: UnsafeMutablePointer<GMimeObject>, _ about: Walk.About, level: Int
  ) throws(Stop) {
    let multipart = sluice_mime_multipart(object)
    // No reader shows what stands before the first part and behind the last.
    for text in [
      g_mime_multipart_get_prologue(multipart), g_mime_multipart_get_epilogue(multipart),
    ] {
      guard let text else { continue }
      walk.reply.segment(
        about.below("between parts"), .hidden, ifAny: String(cString: text))
    }
    for index in 0..<max(0, g_mime_multipart_get_count(multipart)) {
      guard let inner = g_mime_multipart_get_part(multipart, index) else { continue }
      try walk.budget.member(about.path)
      try self.object(inner, about, level: level + 1)
    }
  }

  private func attachment(
    _ object: UnsafeMutablePointer<GMimeObject>, _ number: Int, _ about: Walk.About
  ) throws(Stop) {
    guard sluice_mime_kind(object) == SLUICE_MIME_MESSAGE else {
      return try leaf(object, number, about, isBody: false)
    }
    let inner = about.part("part \(number): message", name: "")
    guard let message = sluice_mime_message(object) else {
      return walk.gap(inner.path, .damaged, "a mail without content", parts: 1)
    }
    guard inner.depth < walk.limits.depth else {
      return walk.gap(
        inner.path, .limit, "it lies in \(inner.depth) containers, more than are opened",
        limit: .depth, parts: 1)
    }
    walk.reply.begin(document: DocumentInfo(path: inner.path))
    try MailReader(walk, part, inner).read(message, inner)
  }

  /// A part that a reader shows as text of the mail itself.
  private func isBody(_ object: UnsafeMutablePointer<GMimeObject>) -> Bool {
    if name(object) != nil { return false }
    if let disposition = g_mime_object_get_disposition(object),
      String(cString: disposition).lowercased() == "attachment"
    {
      return false
    }
    guard let type = g_mime_object_get_content_type(object) else { return true }
    return g_mime_content_type_is_type(type, "text", "*") != 0
  }

  private func name(_ object: UnsafeMutablePointer<GMimeObject>) -> String? {
    guard let name = g_mime_part_get_filename(sluice_mime_part(object)) else { return nil }
    let text = Display.escape(String(cString: name))
    return text.isEmpty ? nil : text
  }

  private func leaf(
    _ object: UnsafeMutablePointer<GMimeObject>, _ number: Int, _ about: Walk.About, isBody: Bool
  ) throws(Stop) {
    let name = name(object) ?? ""
    var inner = about.part("part \(number)" + (name.isEmpty ? "" : ": " + name), name: name)
    inner.isBody = isBody
    inner.charset = g_mime_object_get_content_type_parameter(object, "charset").map {
      String(cString: $0)
    }
    if let type = g_mime_object_get_content_type(object),
      g_mime_content_type_is_type(type, "application", "pkcs7-mime") != 0
        || g_mime_content_type_is_type(type, "application", "x-pkcs7-mime") != 0
    {
      let kind = g_mime_object_get_content_type_parameter(object, "smime-type").map {
        String(cString: $0).lowercased()
      }
      let isSigned = kind == "signed-data" || kind == "certs-only"
      walk.gap(
        inner.path, isSigned ? .noDecoder : .encrypted,
        isSigned
          ? "a signed S/MIME message, which nothing here opens" : "an encrypted S/MIME message",
        parts: 1)
    }
    guard let content = g_mime_part_get_content(sluice_mime_part(object)) else { return }
    guard let file = walk.slots.begin(inner.depth),
      let stream = sluice_mime_stream(file, 0, walk.limits.partBytes)
    else {
      return walk.gap(
        inner.path, .limit, "it lies in \(inner.depth) containers, more than are opened",
        limit: .depth, parts: 1)
    }
    g_mime_data_wrapper_write_to_stream(content, stream)
    sluice_mime_release(stream)
    walk.slots.measure(inner.depth)
    let unpacked = walk.slots.part(inner.depth)
    try walk.budget.expand(unpacked.length, inner.path)
    if unpacked.length >= walk.limits.partBytes {
      walk.gap(
        inner.path, .limit,
        "what comes after its first \(walk.limits.partBytes) bytes was not examined",
        limit: .partBytes, parts: 1)
    }
    if isBody { walk.reply.resume(document: about.path) }
    try walk.examine(unpacked, inner)
  }
}
