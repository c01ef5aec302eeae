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
final class OfficeReader {
  private let walk: Walk
  private let about: Walk.About
  private let kind: OfficeKind
  /// Names of members, in lower case.
  private let hiddenSheets: Set<String>
  /// What they show, by number of a shared string, and the strings.
  private var hiddenCells: [(path: String, rows: [[Int]])] = []
  private var shared: [[UInt8]] = []

  init(walk: Walk, about: Walk.About, kind: OfficeKind, hiddenSheets: Set<String>) {
    self.walk = walk
    self.about = about
    self.kind = kind
    self.hiddenSheets = hiddenSheets
  }

  /// - Returns: false where the member is to be examined as any other.
  func read(_ name: String, _ part: Part) throws(Stop) -> Bool {
    let lower = name.lowercased()
    let path = about.below(name)
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
    if !hiddenSheets.isEmpty { keep(lower, part, path) }
    return true
  }

  /// What is needed to say at the end what hidden sheets show.
  private func keep(_ name: String, _ part: Part, _ path: String) {
    if name == "xl/sharedstrings.xml" {
      let strings = SharedStrings(limit: walk.limits.documentBytes)
      _ = XMLWalk.read(part, into: strings) { walk.budget.isLate }
      shared = strings.strings
    } else if hiddenSheets.contains(name) {
      let cells = SheetCells(limit: walk.limits.documentBytes)
      _ = XMLWalk.read(part, into: cells) { walk.budget.isLate }
      hiddenCells.append((path, cells.rows))
    }
  }

  /// After the last member. The strings of all sheets lie in one member, so what a hidden one shows
  /// is known only now.
  func finish() throws(Stop) {
    for (path, rows) in hiddenCells {
      var text: [UInt8] = []
      for row in rows {
        for number in row where number < shared.count && text.count < walk.limits.documentBytes {
          text += shared[number] + [0x09]
        }
        if text.last == 0x09 { text[text.count - 1] = 0x0A }
      }
      guard !text.isEmpty else { continue }
      try walk.budget.expand(text.count, path)
      walk.reply.resume(document: about.path)
      walk.reply.signal(.hiddenText)
      walk.reply.segment(
        path + " > hidden sheet", .hidden, String(decoding: text, as: UTF8.self).utf8)
    }
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
    if hiddenSheets.contains(name) { return .hidden }
    if name.hasPrefix("ppt/slides/slide") {
      // A slide says itself that it is not shown.
      let head = String(decoding: part.bytes(0..<4096), as: UTF8.self)
      if Self.notShown.contains(where: head.contains) { return .hidden }
    }
    return .body
  }

  private static let notShown = ["show=\"0\"", "show='0'", "show=\"false\"", "show='false'"]

  private func isEncrypted(_ part: Part) -> Bool {
    String(decoding: part.bytes(0..<(1 << 20)), as: UTF8.self).contains("encryption-data")
  }
}
