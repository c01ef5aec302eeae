import SluiceTestSupport
import Testing

@testable import SluiceExtract

/// Texts that are written otherwise than they are meant.
@Suite struct TextFormTests {
  static let card = """
    BEGIN:VCARD\r\nVERSION:2.1\r\nNOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9 =\r\nat=E9 n=3Done\r
    FN:Ann\\, Example\r\n Long\r\nEND:VCARD\r\n
    """
  static let day = """
    BEGIN:VCALENDAR\r\nDESCRIPTION:one\\ntwo\\; thr\r\n ee \\\\ four\r\nEND:VCALENDAR\r\n
    """
  static let notes = """
    # note
    key: "w\\x61llet \\u00e9\\U0001F600 a\\
        b
        c" # rest
    other: 'it''s'
    - "a": plain "text"\n
    """

  /// What a text comes to, read in blocks of a size.
  private func read(_ text: [UInt8], block: Int) -> (form: TextForm?, text: String) {
    text.withUnsafeBufferPointer { text -> (TextForm?, String) in
      guard let form = TextForm(text) else { return (nil, "") }
      var decoder = form.decoder
      let builder = TextBuilder(capacity: 3 * text.count + 1024)
      var (index, end, out) = (0, 0, [UInt8]())
      while index < text.count {
        end = min(text.count, end + block)
        builder.removeAll()
        index += decoder.decode(
          UnsafeBufferPointer(rebasing: text[index..<end]), at: index, final: end == text.count,
          into: builder)
        out += builder.contents
      }
      return (form, String(decoding: out, as: UTF8.self))
    }
  }

  @Test("Calendars and contacts are unfolded, and their escapes undone")
  func contentLines() {
    let card = read(Array(Self.card.utf8), block: 4096)
    #expect(card.form == .contact)
    #expect(card.text.contains(":café até n=one\n") && card.text.contains("FN:Ann, Example Long\n"))
    let day = read(Array(Self.day.utf8), block: 4096)
    #expect(day.form == .calendar && day.text.contains(":one\ntwo; three \\ four\n"))
  }

  @Test("Quoted scalars of YAML are read as they are meant")
  func yaml() {
    let notes = read(Array(Self.notes.utf8), block: 4096)
    #expect(notes.form == .yaml)
    #expect(notes.text.contains("key: wallet é😀 ab c # rest\nother: it's\n- a: plain \"text\""))
  }

  @Test(
    "No border between blocks and no damage changes what is read", arguments: [card, day, notes])
  func borders(_ sample: String) {
    var random = SplitMix(state: 5)
    for round in 0..<200 {
      var text = Array(sample.utf8)
      for _ in 0..<(round % 4) {
        text[Int.random(in: 20..<text.count, using: &random)] = UInt8.random(
          in: 0...0x7F, using: &random)
      }
      let whole = read(text, block: text.count)
      for block in [1, 7, 13, 64] { #expect(read(text, block: block).text == whole.text) }
    }
  }
}
