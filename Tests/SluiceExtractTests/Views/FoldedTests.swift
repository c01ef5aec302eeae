import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct FoldedTests {
  @Test("Plain text of any language has no other view", arguments: honest)
  func honestTexts(text: String) throws {
    let item = try extract(Array(text.utf8))
    #expect(item.segments.map(\.text) == [text])
    #expect(item.segments[0].views[.folded]?.text == nil)
    #expect(!item.sink.signals.contains(.disguise))
  }

  @Test("A disguise is undone, and every span leads back to its bytes", arguments: disguised)
  func disguises(text: String, plain: String) throws {
    let item = try extract(Array(text.utf8))
    let folded = try #require(item.segments[0].views[.folded])
    #expect(folded.text == plain)
    #expect(folded.isComplete)
  }

  @Test("The place of a word in the view is where its disguise stands")
  func places() throws {
    let text = "see: w\u{200B}al\u{300}\u{331}lеt ﬁn ｆｅｅ."
    let item = try extract(Array(text.utf8))
    let folded = try #require(item.segments[0].views[.folded])
    #expect(folded.text == "see: wallet fin fee.")
    let bytes = Array(text.utf8)
    func original(_ part: String) -> String? {
      folded.span(of: part).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    #expect(original("wallet") == "w\u{200B}al\u{300}\u{331}lеt")
    #expect(original("all") == "al\u{300}\u{331}l")
    #expect(original("fin") == "ﬁn")
    #expect(original("fee") == "ｆｅｅ")
    #expect(original(".") == ".")
  }

  @Test(
    "What backspaces leave on a terminal is read",
    arguments: [
      ("sa\u{8}\u{8}fee", "fee"), ("fxx\u{8}\u{8}ee", "fee"), ("fxe\u{8}\u{8}e", "fee"),
      ("fx\u{7F}ee", "fee"), ("f\u{8}fe\u{8}ee\u{8}e", "fee"), ("f_\u{8}e\u{8}ee", "fee"),
      ("f\u{1B}[31mee\u{1B}[0m", "fee"), ("f\u{0}e\u{2}e", "fee"), ("a b\u{8}\u{8}\u{8}fee", "fee"),
    ])
  func terminal(text: String, plain: String) throws {
    var folder = Folder()
    _ = folder
    folder = Folder()
    var view = ViewText()
    var heat = DisguiseHeat()
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBufferPointer { folder.fold($0, at: 0, into: &view, heat: &heat) }
    #expect(String(decoding: view.bytes, as: UTF8.self) == plain)
  }

  static let honest = [
    "The quick brown fox jumps over the lazy dog; naïve café, señor, Zürich, l’été, coöperate.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю. Она сказала: оса и сосна.",
    "IT-специалист из Москвы купил USB-кабель и 3D-принтер за 5 000 рублей.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία, και το νερό είναι κρύο.",
    "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر ومغلف بجلد أزرق.",
    "דג סקרן שט בים מאוכזב ולפתע מצא לו חברה. שָׁלוֹם עֲלֵיכֶם.",
    "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश करने वाले।",
    "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน",
    "Tiếng Việt có nhiều dấu: người, đường, những, nghĩa, quyền, thuở, bữa, giỗ.",
    "我能吞下玻璃而不伤身体。いろはにほへと ちりぬるを。키스의 고유조건은 입술끼리 만나야 한다.",
    "Zażółć gęślą jaźń. Příliš žluťoučký kůň úpěl ďábelské ódy. İstanbul'da ılık bir gün.",
    "👍 👨‍👩‍👧 🏳️‍🌈 🇩🇪 ❤️ ok", "μm, 5 °C, ΔT, π ≈ 3, → ok", "第一，這是中文（測試）。",
  ]

  static let disguised: [(String, String)] = [
    ("рау thе fее", "pay the fee"),
    ("ραy τhε fεε", "pay the fee"),
    ("ｐａｙ　ｔｈｅ ｆｅｅ", "pay the fee"),
    ("𝐩𝐚𝐲 𝓽𝓱𝓮 𝕗𝕖𝕖", "pay the fee"),
    ("ⓟⓐⓨ ⒯⒣⒠ 🅵🅴🅴", "pay (t)(h)(e) FEE"),
    ("ᴘᴀʏ ᴛʜᴇ ꜰᴇᴇ", "pay the fee"),
    ("🇵🇦🇾 the fee", "PAY the fee"),
    ("p\u{200B}a\u{200C}y t\u{AD}h\u{2060}e f\u{FEFF}e\u{34F}e", "pay the fee"),
    ("p\u{335}\u{331}a\u{303}y\u{331} t̷h̷e̷ f̈e\u{323}e\u{308}", "pay the fee"),
    ("pay\u{A0}the\u{2003}fee", "pay the fee"),
    ("pay\u{202E} the fe\u{202C}e", "pay the fee"),
    ("p\u{E0100}a\u{FE00}y the fee", "pay the fee"),
    ("дeньги и cумка", "деньги и сумка"),
  ]
}
