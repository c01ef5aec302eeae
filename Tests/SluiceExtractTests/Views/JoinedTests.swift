import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct JoinedTests {
  @Test("Plain text of any language has no joined view", arguments: FoldedTests.honest + ordinary)
  func ordinaryTexts(text: String) throws {
    let item = try extract(Array(text.utf8))
    #expect(item.segments[0].views[.joined]?.text == nil)
    #expect(!item.sink.signals.contains(.disguise))
  }

  @Test("Letters that are spread, replaced or drawn out come together", arguments: disguised)
  func disguises(text: String, plain: String) throws {
    let item = try extract(Array(text.utf8))
    let joined = try #require(item.segments[0].views[.joined])
    #expect(joined.text == plain)
    #expect(joined.isComplete)
  }

  @Test("The place of a joined word is where its letters stand")
  func places() throws {
    let text = "now: p а y ｔhe r3l\u{200B}ease f-e-e."
    let item = try extract(Array(text.utf8))
    let joined = try #require(item.segments[0].views[.joined])
    #expect(joined.text == "now: pay the release fee.")
    let bytes = Array(text.utf8)
    func original(_ part: String) -> String? {
      joined.span(of: part).map { String(decoding: bytes[$0], as: UTF8.self) }
    }
    #expect(original("pay") == "p а y")
    #expect(original("release fee") == "r3l\u{200B}ease f-e-e")
    #expect(original("lease") == "l\u{200B}ease")
  }

  @Test("Of a large text only what lies around a disguise is sent again")
  func around() throws {
    let plain = String(repeating: "the quick brown fox jumps over the lazy dog. ", count: 4000)
    let text = plain + "s3nd 4 the m0n3y " + plain + "claim the l0ttery " + plain
    let item = try extract(Array(text.utf8))
    let joined = try #require(item.segments[0].views[.joined])
    #expect(joined.bytes.count < text.utf8.count / 16)
    #expect(joined.isComplete)
    for (part, place) in [("money", "m0n3y"), ("lottery", "l0ttery")] {
      let span = try #require(joined.span(of: part))
      #expect(Array(text.utf8)[span].elementsEqual(place.utf8))
    }
  }

  static let ordinary = [
    "The U.N. met at 5 p.m. in room B2; see file1.txt, page 3b and item (a) or (b).",
    "A plan, a canal: I saw x = y + z, and e.g. i.e. and so on - or not / maybe.",
    "well-known state-of-the-art mother-in-law e-mail re-enter",
    "Visit https://www.example.com/a-b/de_f?g=h for mp3 and h264 at 100km/h.",
    "This is a paragraph that was wrapped\nat some width by an editor and goes\non for a while.",
    "Write to ann.smith@example.com, <bob@lists.example.org> or cat@host.example!",
    "[zzzzlist] What a good idea! My mp3s, up2date, 802.11b, X11, $ix, F.C.C. and pt6YBB.",
    "I think that I'm\nusing it in the\nC\nOn Monday",
    "one\ntwo\nthree\nfour", "let x1 = foo_bar(a, b, c) // 0x1f 3d",
    "const char* name, *bold* words* of a list, 2*3 and see mp3 70, h264 15 or 4.",
    "Notes on tables by J\nSmith, see s\nhe and a\nlist of x\nor y",
    "5f4dcc3b5aa765d61d8327deb882cf99 and 550e8400-e29b-41d4-a716-446655440000",
  ]

  static let disguised: [(String, String)] = [
    ("p a y  t h e  r e l e a s e  f e e", "pay the release fee"),
    ("p a y t h e r e l e a s e f e e", "pay the release fee"),
    ("s.e.n.d t-h-e l_o_t_t_e_r_y m*o*n*e*y", "send the lottery money"),
    ("p4y th3 r3l3453 f33", "pay the release fee"),
    ("k1ll k!|| $end +he m0n3y!", "kill kill send the money!"),
    ("freeeee mooooney killlll", "free money kill"),
    ("the lot\ntery and the rel-\nease", "the lottery and the release"),
    ("the l*ttery m*ney w*llet", "the lottery money wallet"),
    ("H*w c*n y*u us* th* l*ttery", "How can you use the lottery"),
    ("the b3s7 w4y5 70 h1d3 m0n3y", "the best ways to hide money"),
    ("y0u d1dn'7 s3nd m0n3y", "you didn't send money"),
    ("send f\nor the lot\ntery", "send for the lottery"),
    ("a typical sh3male, f4gg0t", "a typical shemale, faggot"),
    ("the lotetry relaese fee", "the lottery release fee"),
    ("п р и в е т", "привет"),
  ]
}
