import SluiceCore

/// The text of an XML document as its reader sees it, by the habits of its format: which elements
/// begin a line, which stand for a blank, which are hidden.
final class XMLText: XMLSink {
  struct Habits {
    /// Elements after which a new line begins; nil for all.
    var lines: Set<String>?
    /// Elements that stand for a blank or a tabulator.
    var blanks: Set<String> = []
    /// Elements that stand for a new line.
    var breaks: Set<String> = []
    /// Elements whose text no reader sees.
    var hidden: Set<String> = []
    /// Elements whose text is no text for people.
    var skipped: Set<String> = []
    /// Elements that are comments of people.
    var comments: Set<String> = []
    /// Attributes that are links; all others are metadata where `keepsAttributes` is set.
    var links: Set<String> = ["href", "src", "target", "url"]
    var keepsAttributes = true
    /// Styles and attributes say what is not shown. Source: OpenDocument 1.3, part 3, sections 19.192
    /// (`display`), 19.518 and 19.752 (`visibility`).
    var hidesByStyle = false

    /// Any XML: every element is a line of its own.
    static let plain = Habits()
    /// Word processing, sheets and slides of Office Open XML.
    static let office = Habits(
      lines: [
        "p", "row", "si", "comment", "title", "subject", "creator", "keywords", "description",
        "lastModifiedBy", "category", "Company", "Manager", "lpwstr", "lpstr", "txBody", "t1",
      ],
      blanks: ["tab", "c", "tc"], breaks: ["br", "cr"],
      hidden: [], skipped: ["instrText", "binData", "f"], comments: [], links: ["Target"],
      keepsAttributes: false)
    /// OpenDocument.
    static let open = Habits(
      lines: [
        "p", "h", "table-row", "title", "subject", "creator", "keyword", "description",
        "initial-creator", "user-defined",
      ],
      blanks: ["tab", "s", "table-cell"], breaks: ["line-break"], hidden: ["hidden-text"],
      skipped: ["binary-data"], comments: ["annotation"], links: ["href"], keepsAttributes: false,
      hidesByStyle: true)
  }

  private let habits: Habits
  private let limit: Int
  private(set) var text: [UInt8] = []
  private(set) var hidden: [UInt8] = []
  private(set) var comments: [UInt8] = []
  private(set) var links: [UInt8] = []
  private(set) var metadata: [UInt8] = []
  private var skipping = 0
  private var hiding = 0
  private var commenting = 0
  /// Word marks a run as hidden by an empty element in it.
  private var runIsHidden = false

  /// Styles that hide what bears them, the one that is being said, and how deep the outermost
  /// element lies that is hidden so.
  private var hidingStyles: Set<String> = []
  private var style = ""
  private var depth = 0
  private var hiddenFrom: Int?

  init(_ habits: Habits, limit: Int) {
    self.habits = habits
    self.limit = limit
  }

  var isFull: Bool {
    text.count + hidden.count + comments.count + links.count + metadata.count > limit
  }

  func enter(_ name: String, _ attributes: [(name: String, value: String)]) {
    depth += 1
    if habits.hidesByStyle { noteStyle(name, attributes) }
    if habits.skipped.contains(name) { skipping += 1 }
    if habits.hidden.contains(name) { hiding += 1 }
    if habits.comments.contains(name) { commenting += 1 }
    if name == "r" || name == "rPr" && habits.lines != nil {
      if name == "r" { runIsHidden = false }
    }
    if name == "vanish" || name == "webHidden" {
      runIsHidden = !attributes.contains { $0.name == "val" && ["0", "false"].contains($0.value) }
    }
    if habits.blanks.contains(name) { add([0x20]) }
    if habits.breaks.contains(name) { add([0x0A]) }
    for (key, value) in attributes where !value.isEmpty {
      if habits.links.contains(key) {
        links += Array(value.utf8) + [0x0A]
      } else if habits.keepsAttributes || key == "descr" || key == "alt" {
        metadata += Array(value.utf8) + [0x0A]
      }
    }
  }

  func leave(_ name: String) {
    if habits.lines?.contains(name) ?? true { endLine() }
    if name == "r" { runIsHidden = false }
    if habits.skipped.contains(name) { skipping -= 1 }
    if habits.hidden.contains(name) { hiding -= 1 }
    if habits.comments.contains(name) { commenting -= 1 }
    if hiddenFrom == depth {
      hiding -= 1
      hiddenFrom = nil
    }
    depth -= 1
  }

  private func noteStyle(_ name: String, _ attributes: [(name: String, value: String)]) {
    func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    let visibility = value("visibility")
    if name == "style" {
      style = value("name") ?? ""
    } else if name.hasSuffix("-properties") {
      if ["false", "none"].contains(value("display")) || visibility == "hidden" {
        hidingStyles.insert(style)
      }
    } else if hiddenFrom == nil,
      value("style-name").map(hidingStyles.contains) ?? false
        || ["collapse", "filter"].contains(visibility)
    {
      hiddenFrom = depth
      hiding += 1
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    guard skipping == 0 else { return }
    add(Array(bytes))
  }

  func comment(_ text: String) { comments += Array(text.utf8) + [0x0A] }

  private func add(_ bytes: [UInt8]) {
    if commenting > 0 {
      comments += bytes
    } else if hiding > 0 || runIsHidden {
      hidden += bytes
    } else {
      text += bytes
    }
  }

  private func endLine() {
    func end(_ bytes: inout [UInt8]) {
      if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    }
    end(&text)
    end(&hidden)
    end(&comments)
  }

  /// Says what was read, in parts whose kind is that of the whole where it is not the body.
  func say(to reply: Reply, path: String, as part: SegmentInfo.Part = .body) {
    func below(_ name: String) -> String { SegmentPath.below(path, name) }
    func say(_ path: String, _ part: SegmentInfo.Part, _ bytes: [UInt8]) {
      if bytes.contains(where: { $0 > 0x20 }) {
        reply.segment(path, part, String(decoding: bytes, as: UTF8.self).utf8)
      }
    }
    say(path, part, text)
    say(below("hidden text"), .hidden, hidden)
    say(below("comments"), .comment, comments)
    say(below("links"), .link, links)
    say(below("metadata"), .metadata, metadata)
    if hidden.contains(where: { $0 > 0x20 }) { reply.signal(.hiddenText) }
  }
}
