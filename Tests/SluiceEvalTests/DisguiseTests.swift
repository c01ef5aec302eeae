import SluiceEval
import Testing

@Suite struct DisguiseTests {
  static let text = "Pay the ransom to Alice's box, 5 BTC (žluťoučký)"

  @Test(
    "What needs no chance is written letter for letter",
    arguments: [
      (Disguise.leetBasic, "P4y 7h3 r4n50m 70 4l1c3'5 b0x, 5 B7C (žluť0učký)"),
      (.cyrillic, "Рау thе rаnѕоm tо Аlісе'ѕ bох, 5 ВТС (žluťоučký)"),
      (.greek, "Ραγ τhε rαηsοm το Αlιcε's bοχ, 5 ΒΤC (žlυťουčκý)"),
      (.fullwidth, "Ｐａｙ ｔｈｅ ｒａｎｓｏｍ ｔｏ Ａｌｉｃｅ＇ｓ ｂｏｘ， ５ ＢＴＣ （žｌｕťｏｕčｋý）"),
      (.mathBold, "𝐏𝐚𝐲 𝐭𝐡𝐞 𝐫𝐚𝐧𝐬𝐨𝐦 𝐭𝐨 𝐀𝐥𝐢𝐜𝐞'𝐬 𝐛𝐨𝐱, 𝟓 𝐁𝐓𝐂 (ž𝐥𝐮ť𝐨𝐮č𝐤ý)"),
      (
        .spaced, "P a y  t h e  r a n s o m  to  A l i c e's  b o x,  5  B T C  (ž l u ť o u č k ý)"
      ),
      (.spacedTight, "P a y t h e r a n s o m to A l i c e's b o x, 5 B T C (ž l u ť o u č k ý)"),
      (
        .base64Wrap,
        "data: UGF5IHRoZSByYW5zb20gdG8gQWxpY2UncyBib3gsIDUgQlRDICjFvmx1xaVvdcSNa8O9KQ=="
      ),
      (.rot13, "Cnl gur enafbz gb Nyvpr'f obk, 5 OGP (žyhťbhčxý)"),
      (.reversedText, ")ýkčuoťulž( CTB 5 ,xob s'ecilA ot mosnar eht yaP"),
      (.linePerWord, "Pay\nthe\nransom\nto\nAlice's\nbox,\n5\nBTC\n(žluťoučký)"),
      (.vowelStar, "P*y th* r*nsom to Al*ce's b*x, 5 BTC (žl*ťoučký)"),
    ])
  func exact(_ disguise: Disguise, _ expected: String) {
    #expect(disguise.apply(to: Self.text) == expected)
  }

  @Test("Percent signs stand for bytes")
  func percent() { #expect(Disguise.urlEncode.apply(to: "aé ") == "%61%C3%A9%20") }

  @Test("What stands between letters can be taken out again")
  func inserted() {
    let marks: Set<Unicode.Scalar> = [
      "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{AD}",
    ]
    let hidden = Disguise.zeroWidth.apply(to: Self.text)
    #expect(hidden != Self.text)
    #expect(Self.without(hidden) { marks.contains($0) } == Self.text)
    let accented = Disguise.diacritics.apply(to: "ransom note ".repeated(20))
    #expect(
      Self.without(accented) { $0.properties.generalCategory == .nonspacingMark }
        == "ransom note ".repeated(20))
    let dotted = Disguise.punct.apply(to: "the ransom")
    #expect(Self.without(dotted) { ".-_*".unicodeScalars.contains($0) } == "the ransom")
    #expect(dotted.unicodeScalars.count == "the ransom".count + 2 + 5)
    let split = Disguise.splitLines.apply(to: "ransom note ".repeated(20))
    #expect(Self.without(split) { $0 == "\n" } == "ransom note ".repeated(20))
    #expect(split.contains("\n"))
  }

  @Test("Letters are changed, moved or doubled in some words")
  func changed() {
    let text = "ransom payment deadline ".repeated(20)
    let leet = Disguise.leet.apply(to: text)
    #expect(leet.count == text.count)
    let share =
      Double(zip(leet, text).count { $0 != $1 }) / Double(text.count { "aeostlbgiz".contains($0) })
    #expect((0.45...0.75).contains(share))
    let typed = Disguise.typo.apply(to: text)
    #expect(typed != text)
    #expect(typed.sorted() == text.sorted())
    let stretched = Disguise.repeat.apply(to: "ransom")
    #expect((8...10).contains(stretched.count))
    #expect(Disguise.swapcase.apply(to: text).lowercased() == text)
    let entities = Disguise.htmlEntity.apply(to: "ab c")
    #expect(entities.hasSuffix("; &#99;") || entities.hasSuffix("; &#x63;"))
  }

  @Test("The same seed gives the same disguise, another one another")
  func seeded() {
    for disguise in Disguise.allCases {
      #expect(
        disguise.apply(to: Self.text, seed: 7) == disguise.apply(to: Self.text, seed: 7))
    }
    #expect(
      Disguise.leet.apply(to: Self.text, seed: 1) != Disguise.leet.apply(to: Self.text, seed: 2))
  }

  private static func without(
    _ text: String, _ isOut: (Unicode.Scalar) -> Bool
  ) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isOut(scalar) { kept.append(scalar) }
    return String(kept)
  }
}

extension String {
  fileprivate func repeated(_ times: Int) -> String { String(repeating: self, count: times) }
}
