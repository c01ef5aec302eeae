import SluiceExtract

/// What a part is, by its first bytes.
struct Format {
  enum Kind {
    case archive
    case mail(isMailbox: Bool)
    case text
  }

  let kind: Kind
  let type: FileType?
  /// It has no mark of any kind.
  let isPlain: Bool

  private static let head = 64 << 10

  init(_ part: Part) {
    let head = part.bytes(0..<Self.head)
    (type, kind, isPlain) = head.withUnsafeBufferPointer { head in
      let type = Sniffer.type(of: head)
      let mark = TextMark.of(head)
      return (type, Self.kind(type, mark), type == nil && mark == nil)
    }
  }

  private static func kind(_ type: FileType?, _ mark: TextMark?) -> Kind {
    switch type?.kind {
    case .archive: return .archive
    case .document, .encrypted, .media, .executable, .legacyOffice, .other: return .text
    case nil: break
    }
    switch mark {
    case .mail: return .mail(isMailbox: false)
    case .mailbox: return .mail(isMailbox: true)
    case .html, .xml, .uuencode, nil: return .text
    }
  }
}
