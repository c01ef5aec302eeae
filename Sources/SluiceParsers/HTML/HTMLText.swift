import CGumbo

/// Text as a browser would lay it out in lines: blanks run together, blocks begin a line.
struct HTMLText {
  private(set) var text = ""
  private var endsBlank = true

  static let blocks = tags(

    GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_TR, GUMBO_TAG_TABLE, GUMBO_TAG_UL, GUMBO_TAG_OL,
    GUMBO_TAG_LI, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5,
    GUMBO_TAG_H6, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_HR, GUMBO_TAG_SECTION,
    GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_NAV, GUMBO_TAG_ASIDE,
    GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET, GUMBO_TAG_DL, GUMBO_TAG_DT, GUMBO_TAG_DD,
    GUMBO_TAG_ADDRESS, GUMBO_TAG_CENTER, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_FIGURE,
    GUMBO_TAG_FIGCAPTION, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_OPTION,
    GUMBO_TAG_TEXTAREA, GUMBO_TAG_CAPTION, GUMBO_TAG_THEAD, GUMBO_TAG_TBODY)
  static let cells = tags(GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_BUTTON)

  private static func tags(_ tags: GumboTag...) -> Set<UInt32> { Set(tags.map(\.rawValue)) }

  mutating func add(_ piece: String, keeps: Bool) {
    if keeps {
      text += piece
      endsBlank = piece.utf8.last.map { $0 <= 0x20 } ?? endsBlank
      return
    }
    for scalar in piece.unicodeScalars {
      switch scalar.value {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
        if !endsBlank { text += " " }
        endsBlank = true
      default:
        text.unicodeScalars.append(scalar)
        endsBlank = false
      }
    }
  }

  mutating func gap() {
    if !endsBlank { text += " " }
    endsBlank = true
  }

  mutating func breakLine() {
    guard let last = text.utf8.last, last != 0x0A else { return }
    if last == 0x20 { text.unicodeScalars.removeLast() }
    text += "\n"
    endsBlank = true
  }
}
