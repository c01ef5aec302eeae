import CGumbo
import SluiceCore

/// Takes an HTML text apart into what its reader sees, what is hidden from them, where its links
/// lead, and what only programs read.
struct HTMLReader {
  private typealias Node = UnsafeMutablePointer<GumboNode>

  private var visible = HTMLText()
  private var hidden = HTMLText()
  private var links = ""
  private var scripts = ""
  private var comments = ""
  private var metadata = ""
  private var hiding: Set<String> = []
  private(set) var hasLyingLink = false
  /// What `data:` addresses hold.
  private(set) var embedded: [[UInt8]] = []

  /// A link whose text is being read.
  private struct Link {
    var target: String
    var text = ""
  }
  private var link: Link?

  private enum Step {
    case enter(Node, isHidden: Bool, ground: String, keeps: Bool)
    case leave(Node, isHidden: Bool)
  }

  /// Reads `bytes`, which are valid UTF-8.
  mutating func read(_ bytes: [UInt8]) {
    let tree = HTMLTree(bytes)
    guard let document = tree.parse() else { return }
    styles(document)
    var steps: [Step] = [
      .enter(document, isHidden: false, ground: "#ffffff", keeps: false)
    ]
    while let step = steps.popLast() {
      switch step {
      case .enter(let node, let isHidden, let ground, let keeps):
        enter(node, isHidden: isHidden, ground: ground, keeps: keeps, &steps)
      case .leave(let node, let isHidden): leave(node, isHidden: isHidden)
      }
    }
    withExtendedLifetime(tree) {}
  }

  /// Says what was read.
  func say(to reply: Reply, path: String, reading: String?) {
    func below(_ name: String) -> String { SegmentPath.below(path, name) }
    reply.segment(path, .body, reading: reading, visible.text.utf8)
    reply.segment(below("hidden text"), .hidden, reading: reading, ifAny: hidden.text)
    reply.segment(below("links"), .link, reading: reading, ifAny: links)
    reply.segment(below("metadata"), .metadata, reading: reading, ifAny: metadata)
    reply.segment(below("comments"), .comment, reading: reading, ifAny: comments)
    reply.segment(below("scripts"), .script, reading: reading, ifAny: scripts)
    if hidden.text.utf8.contains(where: { $0 > 0x20 }) { reply.signal(.hiddenText) }
    if hasLyingLink { reply.signal(.linkLies) }
  }

  /// The style sheets come first, for they can stand behind what they hide.
  private mutating func styles(_ document: Node) {
    var nodes = [document]
    while let node = nodes.popLast() {
      let children = Self.children(node)
      if node.pointee.type == GUMBO_NODE_ELEMENT, node.pointee.v.element.tag == GUMBO_TAG_STYLE {
        for child in children { hiding.formUnion(HTMLStyle.hidingSelectors(of: Self.text(child))) }
      }
      nodes += children
    }
  }

  private static func children(_ node: Node) -> [Node] {
    let list: GumboVector
    switch node.pointee.type {
    case GUMBO_NODE_DOCUMENT: list = node.pointee.v.document.children
    case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: list = node.pointee.v.element.children
    default: return []
    }
    return (0..<Int(list.length)).compactMap {
      list.data[$0]?.assumingMemoryBound(to: GumboNode.self)
    }
  }

  private static func text(_ node: Node) -> String {
    switch node.pointee.type {
    case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE, GUMBO_NODE_COMMENT:
      node.pointee.v.text.text.map { String(cString: $0) } ?? ""
    default: ""
    }
  }

  private mutating func enter(
    _ node: Node, isHidden: Bool, ground: String, keeps: Bool, _ steps: inout [Step]
  ) {
    switch node.pointee.type {
    case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE:
      let text = Self.text(node)
      link?.text += text
      if isHidden { hidden.add(text, keeps: keeps) } else { visible.add(text, keeps: keeps) }
    case GUMBO_NODE_COMMENT: comments += Self.text(node) + "\n"
    case GUMBO_NODE_DOCUMENT:
      for child in Self.children(node).reversed() {
        steps.append(.enter(child, isHidden: isHidden, ground: ground, keeps: keeps))
      }
    case GUMBO_NODE_TEMPLATE:
      for child in Self.children(node).reversed() {
        steps.append(.enter(child, isHidden: true, ground: ground, keeps: keeps))
      }
    default: element(node, isHidden: isHidden, ground: ground, keeps: keeps, &steps)
    }
  }

  private mutating func element(
    _ node: Node, isHidden: Bool, ground: String, keeps: Bool, _ steps: inout [Step]
  ) {
    let attributes = Self.attributes(node)
    let tag = node.pointee.v.element.tag
    if tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE {
      for child in Self.children(node) { scripts += Self.text(child) + "\n" }
      address(attributes["src"])
      return
    }
    var isHidden = isHidden
    var ground = attributes["bgcolor"]?.lowercased() ?? ground
    let style = attributes["style"] ?? ""
    if attributes["hidden"] != nil || HTMLStyle.isHidden(style, ground: ground)
      || isHiddenBySheet(attributes, String(cString: gumbo_normalized_tagname(tag)))
      || tag == GUMBO_TAG_FONT && attributes["color"]?.lowercased() == ground
    {
      isHidden = true
    }
    if let own = HTMLStyle.ground(style) { ground = own }
    note(attributes, tag)
    if tag == GUMBO_TAG_A, let target = attributes["href"] { link = Link(target: target) }
    if tag == GUMBO_TAG_TITLE {
      for child in Self.children(node) { metadata += Self.text(child) + "\n" }
      return
    }
    let isBlock = HTMLText.blocks.contains(tag.rawValue)
    if isBlock { isHidden ? hidden.breakLine() : visible.breakLine() }
    if HTMLText.cells.contains(tag.rawValue) { isHidden ? hidden.gap() : visible.gap() }
    steps.append(.leave(node, isHidden: isHidden))
    let keeps = keeps || tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA
    for child in Self.children(node).reversed() {
      steps.append(.enter(child, isHidden: isHidden, ground: ground, keeps: keeps))
    }
  }

  private mutating func leave(_ node: Node, isHidden: Bool) {
    let tag = node.pointee.v.element.tag
    if HTMLText.blocks.contains(tag.rawValue) || tag == GUMBO_TAG_BR {
      if isHidden { hidden.breakLine() } else { visible.breakLine() }
    }
    if tag == GUMBO_TAG_A, let open = link {
      links += LinkTarget.shown(open.target) + "\n"
      if LinkTarget.lies(text: open.text, target: open.target) { hasLyingLink = true }
      address(open.target)
      link = nil
    }
  }

  /// What attributes tell a person, and where they lead.
  private mutating func note(
    _ attributes: [String: String], _ tag: GumboTag
  ) {
    for name in ["alt", "title", "placeholder", "aria-label", "label", "summary", "content"] {
      if let text = attributes[name], !text.isEmpty { metadata += text + "\n" }
    }
    if let value = attributes["value"], !value.isEmpty {
      if tag == GUMBO_TAG_INPUT, attributes["type"]?.lowercased() != "hidden" {
        visible.gap()
        visible.add(value, keeps: false)
        visible.gap()
      } else {
        hidden.breakLine()
        hidden.add(value, keeps: false)
      }
    }
    for name in ["src", "action", "data", "background", "formaction", "poster", "cite"] {
      if let target = attributes[name], !target.isEmpty {
        if !target.lowercased().hasPrefix("data:") { links += target + "\n" }
        address(target)
      }
    }
    if tag != GUMBO_TAG_A, let target = attributes["href"], !target.isEmpty {
      links += LinkTarget.shown(target) + "\n"
    }
    if let inner = attributes["srcdoc"] { embedded.append(Array(inner.utf8)) }
  }

  private mutating func address(_ target: String?) {
    guard let target, target.utf8.count > 5, target.prefix(5).lowercased() == "data:",
      let bytes = LinkTarget.data(target), embedded.count < 1000
    else { return }
    embedded.append(bytes)
  }

  private func isHiddenBySheet(_ attributes: [String: String], _ name: String) -> Bool {
    guard !hiding.isEmpty else { return false }
    if hiding.contains(name) { return true }
    if let id = attributes["id"], hiding.contains("#" + id.lowercased()) { return true }
    for part in (attributes["class"] ?? "").lowercased().split(whereSeparator: \.isWhitespace) {
      if hiding.contains("." + part) || hiding.contains(name + "." + part) { return true }
    }
    return false
  }

  private static func attributes(_ node: Node) -> [String: String] {
    let list = node.pointee.v.element.attributes
    var found: [String: String] = [:]
    for index in 0..<Int(list.length) {
      guard let attribute = list.data[index]?.assumingMemoryBound(to: GumboAttribute.self) else {
        continue
      }
      found[String(cString: attribute.pointee.name).lowercased()] = String(
        cString: attribute.pointee.value)
    }
    return found
  }
}
