import SluiceCore
import Testing

@Suite struct JSONParserTests {
  @Test("What is written is read back, key order included")
  func roundTrip() throws {
    let value = JSON.object([
      .init("b", .array([.int(-1), .double(1.5), .null, .bool(true)])),
      .init("a", .string("tab\t \u{202e} 😀 \"\\ \u{7f}")), .init("", .object([])),
    ])
    #expect(try JSON(parsing: value.bytes) == value)
  }

  @Test(
    "What is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "-", "1.", "\"\\ud800\"", "\"\u{1}\"", "tru",
      "1 2", "{\"a\" 1}", "\"\\x\"", String(repeating: "[", count: 100),
    ])
  func refused(_ text: String) {
    #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: text.utf8) }
  }

  @Test("Surrogate pairs join to one character")
  func surrogates() throws {
    #expect(try JSON(parsing: "\"\\ud83d\\ude00\"".utf8) == .string("😀"))
  }
}
