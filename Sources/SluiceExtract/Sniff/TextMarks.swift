/// Marks by which a text shows that it is of a format whose readers see something else than its
/// bytes. Only what begins like that is asked of a parser; in doubt it is.
package enum TextMark: String, Sendable, Hashable {
  case mail, mailbox, html, xml, uuencode

  /// - Parameter head: the first block of an item, in any encoding.
  package static func of(_ head: UnsafeBufferPointer<UInt8>) -> TextMark? {
    guard head.count > 4 else { return nil }
    // In UTF-16 and UTF-32 every mark has NUL between its letters.
    let start = head.prefix(256)
    if start.count(where: { $0 == 0 }) * 4 >= start.count {
      let letters = head.prefix(32 << 10).filter { $0 != 0 && $0 < 0x80 }
      return letters.withUnsafeBufferPointer { plain($0) }
    }
    return plain(head)
  }

  private static func plain(_ head: UnsafeBufferPointer<UInt8>) -> TextMark? {
    var first = 0
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { first = 3 }
    while first < head.count, isSpace(head[first]) { first += 1 }
    let text = UnsafeBufferPointer(rebasing: head[first...])
    if begins(text, "From "), let end = lineEnd(text, from: 0), isHeader(text, at: end + 1) != nil {
      return .mailbox
    }
    if !begins(text, "BEGIN:V"), isMail(text) { return .mail }
    if begins(text, "<?xml") { return hasElement(text, of: ["html"]) ? .html : .xml }
    if hasElement(text, of: htmlElements) { return .html }
    if isXML(text) { return .xml }
    if !uuencoded(head).isEmpty { return .uuencode }
    return nil
  }

  /// Elements that nobody writes into a plain text but one who means HTML.
  private static let htmlElements: Set<String> = [
    "!doctype", "html", "head", "body", "title", "meta", "link", "script", "style", "div", "span",
    "p", "br", "a", "b", "i", "u", "em", "strong", "font", "center", "table", "tr", "td", "th",
    "ul", "ol", "li", "h1", "h2", "h3", "h4", "img", "iframe", "form", "input", "button", "svg",
    "hr", "pre", "blockquote", "section", "article", "header", "footer", "nav", "object", "embed",
  ]

  /// Whether `<name` followed by a blank, `>` or `/` occurs.
  private static func hasElement(_ text: UnsafeBufferPointer<UInt8>, of names: Set<String>) -> Bool
  {
    var index = 0
    while let place = text[index...].firstIndex(of: UInt8(ascii: "<")) {
      var end = place + 1
      while end < text.count, end - place < 12, isName(text[end]) { end += 1 }
      if end > place + 1, end < text.count,
        isSpace(text[end]) || text[end] == UInt8(ascii: ">") || text[end] == UInt8(ascii: "/"),
        names.contains(String(decoding: text[(place + 1)..<end], as: UTF8.self).lowercased())
      {
        return true
      }
      index = place + 1
    }
    return false
  }

  /// An element opened at the very start.
  private static func isXML(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 3, text[0] == UInt8(ascii: "<") else { return false }
    if text[1] == UInt8(ascii: "!") { return begins(text, "<!--") || begins(text, "<!DOCTYPE") }
    var end = 1
    while end < min(text.count, 100), isName(text[end]) || text[end] == UInt8(ascii: ":") {
      end += 1
    }
    return end > 1 && end < text.count
      && (isSpace(text[end]) || text[end] == UInt8(ascii: ">") || text[end] == UInt8(ascii: "/"))
      && (text.contains(UInt8(ascii: ">")))
  }

  /// Header fields that stand in mails and hardly anywhere else at the start of a text.
  private static let fields: Set<String> = [
    "received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature",
    "from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "content-type",
    "content-transfer-encoding", "content-disposition", "in-reply-to", "references", "user-agent",
    "authentication-results", "arc-seal", "arc-message-signature", "envelope-to", "list-id",
    "list-unsubscribe", "precedence", "importance", "errors-to", "organization", "newsgroups",
  ]

  /// Two known fields in a block of header lines that the text begins with.
  private static func isMail(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var (index, known, lines) = (0, 0, 0)
    while index < text.count, lines < 400 {
      if isBreak(text[index]) { break }
      if lines == 0 || text[index] != 0x20 && text[index] != 0x09 {
        guard let name = isHeader(text, at: index) else { return false }
        if fields.contains(name) || name.hasPrefix("x-") { known += 1 }
      }
      lines += 1
      guard let end = lineEnd(text, from: index) else { break }
      index = end + 1
    }
    return known >= 2
  }

  /// The field's name in lower case, where a line begins like a header field.
  private static func isHeader(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> String? {
    var end = start
    while end < min(text.count, start + 60), isName(text[end]) || text[end] == UInt8(ascii: "_") {
      end += 1
    }
    guard end > start, end < text.count, text[end] == UInt8(ascii: ":") else { return nil }
    return String(decoding: text[start..<end], as: UTF8.self).lowercased()
  }

  /// Where files begin that are uuencoded: at `begin 644 name` on a line of its own.
  package static func uuencoded(_ text: UnsafeBufferPointer<UInt8>) -> [(
    offset: Int, name: [UInt8]
  )] {
    var found: [(offset: Int, name: [UInt8])] = []
    var index = 0
    let mark = Array("begin ".utf8)
    while index < text.count, found.count < 1000,
      let place = Embedded.first(mark, in: UnsafeBufferPointer(rebasing: text[index...]))
    {
      let start = index + place
      index = start + mark.count
      let digits = text[index...].prefix(5).prefix { $0 >= 0x30 && $0 <= 0x37 }
      if start == 0 || isBreak(text[start - 1]), digits.count == 3 || digits.count == 4,
        digits.endIndex < text.count, text[digits.endIndex] == 0x20
      {
        let name = text[(digits.endIndex + 1)...].prefix(256).prefix { !isBreak($0) }
        found.append((start, Array(name)))
      }
    }
    return found
  }

  private static func begins(_ text: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
    Head(bytes: text).has(word, at: 0)
  }

  private static func lineEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard start < text.count else { return nil }
    return text[start...].firstIndex(of: 0x0A)
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 9 && byte <= 13 }
  private static func isName(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= 0x61 && lower <= 0x7A || byte >= 0x30 && byte <= 0x39
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "_")
  }
}
