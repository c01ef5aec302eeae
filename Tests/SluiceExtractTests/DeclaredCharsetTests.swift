import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct DeclaredCharsetTests {
  private func labels(_ text: String) -> [String] {
    Array(text.utf8).withUnsafeBufferPointer { DeclaredCharset.all(in: $0).map(\.label) }
  }

  @Test("Declarations are found in XML, HTML and mail, in any case")
  func found() {
    #expect(labels("<?xml version='1.0' encoding='KOI8-R'?>") == ["koi8-r"])
    #expect(labels("<meta charset=utf-8><META CHARSET = \"Big5\">") == ["utf-8", "big5"])
    #expect(labels("Content-Type: text/plain;\r\n charset=\"iso-8859-2\"") == ["iso-8859-2"])
    #expect(labels("the charset is open") == [])
    #expect(labels("charset=") == [])
  }

  @Test("A declared set adds its reading and takes none away")
  func adds() throws {
    let item = try extract(Array("charset=koi8-r\nGrüße".utf8))
    #expect(item.segment("utf-8")?.text.contains("Grüße") == true)
    #expect(item.segment("koi8-r") != nil)
    #expect(item.sink.signals.contains(.charsetLies))
  }

  @Test("A set that says the same of an item's bytes adds nothing")
  func silent() throws {
    let item = try extract(Array("charset=iso-8859-1\nplain".utf8))
    #expect(item.segments.count == 1)
    #expect(item.sink.signals.isEmpty)
  }

  @Test("Declared UTF-7 is decoded")
  func utf7() throws {
    let item = try extract(Array("charset=utf-7\n+AHcAYQBsAGwAZQB0- +ADwAYg-".utf8))
    #expect(item.segment("utf-7")?.text == "charset=utf-7\nwallet <b")
    #expect(item.segment("utf-7")?.origin(of: "wallet") == 14)
  }

  @Test("Escapes of ISO-2022-JP are read even when nothing declares them")
  func iso2022() throws {
    let item = try extract([0x1B, 0x24, 0x42, 0x48, 0x6B, 0x4C, 0x29, 0x1B, 0x28, 0x42])
    #expect(item.segment("iso-2022-jp")?.text == "秘密")
  }

  @Test("Escapes of a terminal open no other reading")
  func terminal() throws {
    #expect(try extract(Array("\u{1B}[31mred\u{1B}[0m\n".utf8)).segments.count == 1)
  }

  @Test("A declared set that nothing reads holds the item, if the text makes use of it")
  func unreadable() throws {
    let item = try extract(Array("charset=hz-gb-2312\n~{<:Ky2;~}".utf8))
    #expect(item.causes == [.noDecoder])
    #expect(try extract(Array("charset=hz-gb-2312\nno".utf8)).summary.unexamined.isEmpty)
  }
}
