import SluiceExtract

/// What a part is, by its first bytes.
struct Format {
  enum Kind {
    case archive
    case mail(isMailbox: Bool)
    case tnef, pdf, html, xml, richText
    case text
  }

  let kind: Kind
  let type: FileType?
  /// It has no mark of any kind.
  let isPlain: Bool
  /// It has elements of HTML in it, and is perhaps a text that only mentions them.
  let isUndecided: Bool
  /// Files that are uuencoded in it.
  let uuencoded: [(offset: Int, name: [UInt8])]
  /// libmagic's opinion of what nothing else knows.
  var media: String?

  private static let head = 64 << 10

  init(_ part: Part) {
    let head = part.bytes(0..<Self.head)
    let (type, mark) = head.withUnsafeBufferPointer { (Sniffer.type(of: $0), TextMark.of($0)) }
    var kind = Self.kind(type, mark)
    isUndecided = type == nil && mark == .html && !Self.isWholeHTML(head)
    self.type = type
    switch kind {
    case .text, .html, .xml:
      uuencoded = type == nil ? head.withUnsafeBufferPointer { TextMark.uuencoded($0) } : []
    default: uuencoded = []
    }
    isPlain = type == nil && mark == nil
    if isPlain, !Self.isTextLike(head), let media = Magic.type(of: head) {
      self.media = media
      if Magic.isContainer(media) { kind = .archive }
    }
    self.kind = kind
  }

  private static func kind(_ type: FileType?, _ mark: TextMark?) -> Kind {
    switch type?.kind {
    case .archive: return type?.name == "TNEF attachment" ? .tnef : .archive
    case .document:
      return type?.name == "PDF document" ? .pdf : type?.name == "RTF document" ? .richText : .text
    case .encrypted, .media, .executable, .legacyOffice, .other: return .text
    case nil: break
    }
    switch mark {
    case .mail: return .mail(isMailbox: false)
    case .mailbox: return .mail(isMailbox: true)
    case .html: return .html
    case .xml: return .xml
    case .uuencode, nil: return .text
    }
  }

  /// Begins with an element, as files of HTML do.
  private static func isWholeHTML(_ head: [UInt8]) -> Bool {
    let letters = head.prefix(512).filter { $0 != 0 && $0 < 0x80 }
    return letters.first { $0 > 0x20 } == UInt8(ascii: "<")
  }

  private static func isTextLike(_ head: [UInt8]) -> Bool {
    let controls = head.count { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B }
    return controls * 20 <= head.count
  }
}
