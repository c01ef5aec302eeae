import SluiceCore
import SluiceExtract

/// What a zip archive is when it is more than that, by the names of its members.
enum OfficeKind {
  case openXML, openDocument, book

  init?(_ names: [String]) {
    let names = Set(names)
    if names.contains("META-INF/container.xml") {
      self = .book
    } else if names.contains("[Content_Types].xml") {
      self = .openXML
    } else if names.contains("content.xml"), names.contains("META-INF/manifest.xml") {
      self = .openDocument
    } else {
      return nil
    }
  }

  var name: String {
    switch self {
    case .openXML: "office document (OOXML)"
    case .openDocument: "office document (ODF)"
    case .book: "book (EPUB)"
    }
  }
}

/// Reads the members of an office file or a book: its XML is text of one document, everything else
/// in it a document of its own.
struct OfficeReader {
  let walk: Walk
  let about: Walk.About
  let kind: OfficeKind

  /// - Returns: false where the member is to be examined as any other.
  func read(_ name: String, _ part: Part) throws(Stop) -> Bool {
    let lower = name.lowercased()
    let path = about.path.isEmpty ? name : about.path + " > " + name
    if lower.hasSuffix(".xhtml") || lower.hasSuffix(".html") || lower.hasSuffix(".htm") {
      walk.reply.resume(document: about.path)
      var inner = about
      inner.path = path
      inner.isBody = true
      inner.depth += 1
      try walk.html(part, inner)
      return true
    }
    guard
      lower.hasSuffix(".xml") || lower.hasSuffix(".rels") || lower.hasSuffix(".opf")
        || lower.hasSuffix(".ncx") || lower.hasSuffix(".vml") || lower.hasSuffix(".rdf")
    else { return false }
    walk.reply.resume(document: about.path)
    if kind == .openDocument, lower == "meta-inf/manifest.xml", isEncrypted(part) {
      walk.gap(about.path, .encrypted, "its members are encrypted", bytes: part.length)
    }
    if isScaffold(lower) { return true }
    let text = XMLText(habits(lower), limit: walk.limits.documentBytes)
    let end = XMLWalk.read(part, into: text) { walk.budget.isLate }
    text.say(to: walk.reply, path: path, as: segment(lower, part))
    try walk.end(end, path)
    return true
  }

  private func habits(_ name: String) -> XMLText.Habits {
    switch kind {
    case .openXML: .office
    case .openDocument: .open
    case .book: .plain
    }
  }

  /// Members that say how a document looks, never what it says.
  private func isScaffold(_ name: String) -> Bool {
    guard kind == .openXML else {
      return name.hasPrefix("meta-inf/") && !name.contains("signature")
    }
    return name == "[content_types].xml" || name.contains("/theme/")
      || name.hasSuffix("/styles.xml")
      || name.hasSuffix("fonttable.xml") || name.hasSuffix("websettings.xml")
  }

  private func segment(_ name: String, _ part: Part) -> SegmentInfo.Part {
    if name.hasPrefix("docprops/") || name == "meta.xml" || name.hasSuffix(".opf") {
      return .metadata
    }
    if name.contains("comments") { return .comment }
    if name.hasPrefix("ppt/slides/slide") || name.hasPrefix("xl/worksheets/") {
      // A slide says itself that it is not shown.
      let head = String(decoding: part.bytes(0..<4096), as: UTF8.self)
      if head.contains("show=\"0\"") { return .hidden }
    }
    return .body
  }

  private func isEncrypted(_ part: Part) -> Bool {
    String(decoding: part.bytes(0..<(1 << 20)), as: UTF8.self).contains("encryption-data")
  }
}
