import SluiceCore
import Testing

@Suite struct DisplayTests {
  @Test("Control and bidirectional characters from files are shown as escapes")
  func escapes() {
    #expect(Display.escape("a\u{1B}[31mb\u{202E}c") == "a\\u{1b}[31mb\\u{202e}c")
    #expect(Display.name([0x61, 0xFF, 0x0A, 0xC3, 0xA9]) == "a\\xff\\u{a}é")
  }

  @Test("A line of JSON keeps key order and escapes what a terminal would act on")
  func json() {
    let value = JSON.object([
      .init("b", .string("x\"\n\u{2028}\u{1F600}")),
      .init("a", .array([.int(1), .null, .bool(true)])),
    ])
    #expect(value.line == #"{"b":"x\"\n\u2028😀","a":[1,null,true]}"#)
  }

  @Test("A caret stands under the column it names")
  func caret() {
    let diagnostic = Diagnostic(
      path: "p.yaml", line: 2, column: 3, length: 2, code: "c", "m", source: "abcdef", hint: "h")
    #expect(diagnostic.rendered == "p.yaml:2:3: error: [c] m\n    abcdef\n      ^~\n  hint: h")
  }
}
