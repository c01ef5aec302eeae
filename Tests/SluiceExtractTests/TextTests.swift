import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct TextTests {
  @Test("A small UTF-8 text is one piece, marked last, with every byte at its own place")
  func small() throws {
    let text = "Grüße, 你好, 😀\nsecond line\n"
    let item = try extract(Array(text.utf8), name: "note.txt")
    #expect(item.segments.count == 1)
    #expect(item.segments[0].text == text)
    #expect(item.segments[0].pieces == 1)
    #expect(item.segments[0].info.reading == nil)
    #expect(item.segments[0].origins == Array(0..<text.utf8.count))
    #expect(item.summary.examined == .text)
    #expect(item.summary.decoders == ["utf-8"])
    #expect(item.summary.examinedBytes == text.utf8.count)
    #expect(item.summary.unexamined.isEmpty)
    #expect(item.sink.documents == ["note.txt"])
    #expect(item.sink.signals.isEmpty)
  }

  @Test("A small text is read in place: the sink sees the bytes that were hashed")
  func inPlace() throws {
    let extractor = Extractor()
    let first = try extract(Array("one".utf8), with: extractor)
    let second = try extract(Array("two".utf8), with: extractor)
    #expect(first.sink.addresses == second.sink.addresses)
  }

  @Test("An empty file is an examined text of one empty segment")
  func empty() throws {
    let item = try extract([])
    #expect(item.segments.map(\.text) == [""])
    #expect(item.summary.examined == .text)
    #expect(item.summary.unexamined.isEmpty)
  }

  @Test("A byte order mark is not part of the text, and in the middle it is")
  func mark() throws {
    let item = try extract([0xEF, 0xBB, 0xBF] + Array("a\u{FEFF}b".utf8))
    #expect(item.segments.map(\.text) == ["a\u{FEFF}b"])
    #expect(item.segments[0].origins == [3, 4, 4, 4, 7].enumerated().map { max($0 + 3, $1) })
  }

  @Test("Characters across every border of a block come out whole")
  func borders() throws {
    let extractor = Extractor()
    for character in ["é", "你", "😀"] {
      for before in 0...4 {
        let filler = [UInt8](repeating: 0x61, count: ItemReader.block - before)
        let bytes = filler + Array("\(character)the end".utf8)
        let item = try extract(bytes, with: extractor)
        #expect(item.segments.count == 1)
        #expect(item.segments[0].bytes == bytes)
        #expect(item.segments[0].origins == Array(0..<bytes.count))
      }
    }
  }

  @Test("Sizes around the borders of blocks are read whole", arguments: [-33, -32, -1, 0, 1, 32])
  func sizes(offset: Int) throws {
    for blocks in 1...2 {
      let bytes = (0..<ItemReader.block * blocks + offset).map { UInt8(0x20 + $0 % 64) }
      let item = try extract(bytes)
      #expect(item.segments.map(\.bytes) == [bytes])
      #expect(item.summary.unexamined.isEmpty)
    }
  }

  @Test("A large text that stops being UTF-8 is read on, and in every other set as well")
  func late() throws {
    let filler = [UInt8](repeating: 0x61, count: ItemReader.block + 100)
    // Перевод in windows-1251.
    let bytes = Array("Grüße ".utf8) + filler + [0xCF, 0xE5, 0xF0, 0xE5, 0xE2, 0xEE, 0xE4]
    let item = try extract(bytes)
    #expect(item.segments[0].info.reading == nil)
    #expect(item.segments[0].text.hasPrefix("Grüße a"))
    #expect(item.segment("windows-1251")?.origin(of: "Перевод") == bytes.count - 7)
    #expect(item.sink.signals.contains(.ambiguousCharset))
  }

  @Test("A text that only begins like another format is a text")
  func looks() throws {
    for text in [
      "BM is a set of initials", "PK words and more", "MZ", "GIF89a in prose", "ID3 tag",
    ] {
      let item = try extract(Array(text.utf8))
      #expect(item.segments.map(\.text) == [text])
      #expect(item.summary.examined == .text)
      #expect(item.summary.unexamined.isEmpty)
    }
  }

  @Test("NUL inside a text hides nothing: it is read with and without")
  func nul() throws {
    let item = try extract(Array("the quick brown fox and then: wal\0let\0s of the lazy dog".utf8))
    #expect(item.segment("utf-8")?.text.contains("wal\0let\0s") == true)
    let without = item.segment("utf-8 without NUL")
    #expect(without?.origin(of: "wallets") == 30)
    #expect(without?.origin(of: "s of the") == 38)
  }

  @Test("Overlong forms and surrogates in UTF-8 are read for what they mean")
  func overlong() throws {
    let bytes = Array("wal".utf8) + [0xC1, 0xAC] + Array("et ".utf8)
    let item = try extract(bytes + [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0x2E])
    let lenient = item.segment("utf-8 with overlong forms without NUL")
    #expect(lenient?.text == "wallet 😀.")
    #expect(lenient?.origin(of: "let") == 3)
    #expect(lenient?.origin(of: "😀") == 8)
    #expect(lenient?.origin(of: ".") == 14)
  }

  @Test("A few broken bytes in UTF-8 give the text around them, and the 8-bit readings")
  func broken() throws {
    let item = try extract(Array("Grüße ".utf8) + [0xE9] + Array(" après".utf8))
    #expect(item.segment("utf-8")?.text == "Grüße \u{FFFD} après")
    #expect(item.segment("windows-1252")?.text.contains(" é ") == true)
  }

  @Test("Signs that turn the direction of reading raise their signal")
  func direction() throws {
    #expect(try extract(Array("a\u{202E}b".utf8)).sink.signals == [.bidirectional])
    #expect(try extract(Array("שלום\u{200F}!".utf8)).sink.signals.isEmpty)
  }
}
