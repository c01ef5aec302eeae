import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct SnifferTests {
  /// The first bytes of files as real programs write them, in hexadecimal, and what they are.
  static let headers: [(name: String, hex: String)] = [
    ("zip archive", "504B0304 1400 0000 0800 0000 0000"),
    ("gzip file", "1F8B0800 00000000 0003"),
    ("compress file", "1F9D90 0102"),
    ("bzip2 file", "425A6839 314159265359 00"),
    ("xz file", "FD377A585A00 0004"),
    ("lzma file", "5D00008000 FFFFFFFFFFFFFFFF 00"),
    ("lzip file", "4C5A495001 0C"),
    ("zstd file", "28B52FFD 04"),
    ("lz4 file", "04224D18 64"),
    ("7z archive", "377ABCAF271C 0004"),
    ("rar archive", "526172211A0700"),
    ("rar archive", "526172211A070100"),
    ("cab archive", "4D534346 00000000 01"),
    ("ar archive", "213C617263683E0A 64656269616E2D62696E617279 00"),
    ("lha archive", "2000 2D6C68352D 01"),
    // Its first bytes are a length and a sum, which can be any other's mark.
    ("lha archive", "1F9D 2D6C68302D 01"),
    ("lha archive", "60EA 2D6C68302D 01"),
    ("rpm package", "EDABEEDB 0300"),
    ("zlib file", "789C 4BCB 4F07 0002 8201 45"),
    ("OpenPGP message", "85010C03 1122334455667788 01 0800"),
    ("OpenPGP message", "8C0D 04 09 03 0211223344556677 88"),
    ("OpenPGP message", "C15E 03 1122334455667788 12 00"),
    ("file encrypted with openssl", "53616C7465645F5F 0102030405060708"),
    ("file encrypted with age", "6167652D656E6372797074696F6E2E6F72672F7631 0A 00"),
    ("LUKS volume", "4C554B53BABE 0002"),
    ("PDF document", "255044462D312E370A 25E2E3CFD3 00"),
    ("legacy office document", "D0CF11E0A1B11AE1 0000"),
    ("PNG picture", "89504E470D0A1A0A 0000000D49484452"),
    ("JPEG picture", "FFD8FFE0 00104A464946"),
    ("GIF picture", "474946383961 0100 0100 80 00"),
    ("WebP picture", "52494646 24000000 57454250"),
    ("BMP picture", "424D 46000000 0000 0000 36000000 28000000"),
    ("TIFF picture", "49492A00 08000000"),
    ("icon", "00000100 0100 1010 0000 0100"),
    ("WAV sound", "52494646 24000000 57415645"),
    ("MP3 sound", "494433 0300 00 00000F76"),
    ("FLAC sound", "664C6143 00000022"),
    ("Ogg media", "4F676753 0002"),
    ("ISO media", "00000020 66747970 69736F6D"),
    ("AVI video", "52494646 24000000 41564920"),
    ("Matroska video", "1A45DFA3 9F"),
    ("ELF program", "7F454C46 0201 01"),
    ("Mach-O program", "CFFAEDFE 07"),
    ("Java class", "CAFEBABE 0000 0034"),
    ("WebAssembly program", "0061736D 01000000"),
    ("SQLite database", "53514C69746520666F726D6174203300"),
  ]

  static func bytes(_ hex: String) -> [UInt8] {
    Hex.decode(hex.filter { $0 != " " })!
  }

  @Test("Every kind of file is known by its first bytes")
  func known() {
    for header in Self.headers {
      let bytes = Self.bytes(header.hex) + [UInt8](repeating: 0, count: 64)
      let type = bytes.withUnsafeBufferPointer { Sniffer.type(of: $0) }
      #expect(type?.name == header.name, "\(header.hex)")
    }
  }

  @Test("A file cut anywhere in its first bytes is examined without harm")
  func cut() throws {
    let extractor = Extractor()
    for header in Self.headers {
      let bytes = Self.bytes(header.hex)
      for length in 0...bytes.count { _ = try extract(Array(bytes[..<length]), with: extractor) }
    }
  }

  @Test("Archives, documents and encrypted files are held, pictures and programs are not")
  func held() throws {
    let tail = (0..<300).map { [0x9B, 0, 1, 0xFE, 0xDE][$0 % 5] }.map(UInt8.init)
    for header in Self.headers {
      let item = try extract(Self.bytes(header.hex) + tail)
      let kind = Signature.all.first { $0.type.name == header.name }?.type.kind
      switch kind {
      case .archive, .document:
        #expect(item.causes == [.noDecoder], "\(header.name)")
        #expect(item.summary.unexamined.first?.detail.contains(header.name) == true)
      case .encrypted: #expect(item.causes == [.encrypted], "\(header.name)")
      case .media:
        #expect(item.causes == [], "\(header.name)")
        #expect(item.summary.examined == .metadata)
      default:
        #expect(item.causes == [], "\(header.name)")
        #expect(item.summary.examined == .runs)
      }
    }
  }

  @Test("A tar archive is known by its mark or by its checksum")
  func tar() throws {
    var header = [UInt8](repeating: 0, count: 1024)
    header.replaceSubrange(0..<8, with: Array("note.txt".utf8))
    header.replaceSubrange(148..<156, with: Array("        ".utf8))
    let sum = header[..<512].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let field = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
    header.replaceSubrange(148..<156, with: Array(field.utf8))
    #expect(try extract(header).causes == [.noDecoder])
    header[0] = 0x4E
    #expect(try extract(header).causes == [])
    header.replaceSubrange(257..<262, with: Array("ustar".utf8))
    #expect(try extract(header).causes == [.noDecoder])
  }

  @Test("Formats that can be written as text are read as text and held as well")
  func textual() throws {
    let texts = [
      ("%PDF-1.4\n1 0 obj << >> endobj\n", Unexamined.Cause.noDecoder),
      ("{\\rtf1\\ansi Pay the release fee}", .noDecoder),
      ("-----BEGIN PGP MESSAGE-----\n\nhQEMAw==\n", .encrypted),
      ("-----BEGIN AGE ENCRYPTED FILE-----\n", .encrypted),
      ("U2FsdGVkX18BAgMEBQYHCA==\n", .encrypted),
    ]
    for (text, cause) in texts {
      let item = try extract(Array(text.utf8))
      #expect(item.causes == [cause], "\(text)")
      #expect(item.segments.map(\.text) == [text])
      #expect(item.summary.examined == .text)
    }
    #expect(
      try extract(Array("-----BEGIN PGP SIGNED MESSAGE-----\n".utf8)).causes == [])
  }

  @Test("An archive behind a picture or a program, or in between, holds the item")
  func polyglot() throws {
    let noise = [UInt8](repeating: 0x9B, count: 500) + [0, 1, 2]
    let zip =
      Self.bytes("504B0304 1400 0000 0800 0000 0000 00000000 00000000 00000000 0800 0000")
      + Array("note.txt".utf8)
    let end = Self.bytes("504B0506 0000 0000 0100 0100 36000000 2A000000 0000")
    for head in ["FFD8FFE0 00104A464946", "7F454C46 0201 01", "47494638396101000100 80 00"] {
      for inner in [zip, end, Self.bytes("526172211A070100"), Self.bytes("377ABCAF271C 0004")] {
        let item = try extract(Self.bytes(head) + noise + inner + noise)
        #expect(item.causes == [.noDecoder])
        #expect(item.summary.unexamined.first?.detail.contains("at byte") == true)
      }
    }
    let large = [UInt8](repeating: 0, count: ItemReader.block - 20)
    for shift in stride(from: 0, to: 40, by: 3) {
      let item = try extract([0xFF, 0xD8, 0xFF, 0xE0] + large + noise[..<shift] + zip + noise)
      #expect(item.causes == [.noDecoder], "\(shift)")
    }
  }

  @Test("An archive behind plain text is found, wherever the border of a block lies")
  func appended() throws {
    let zip = Self.bytes("504B0304 1400 0000 0800 0000 0000 00000000 00000000 00000000 0800 0000")
    let extractor = Extractor()
    for before in [0, 1, 2, 3, 16, 31, 32, 40] {
      let text = [UInt8](repeating: 0x61, count: ItemReader.block - before)
      let bytes = text + zip + Array("note.txt".utf8) + [0, 1, 2, 0xFF]
      #expect(try extract(bytes, with: extractor).causes == [.noDecoder], "\(before)")
    }
  }

  @Test("A document behind a picture holds it, the constants of a program do not")
  func documents() throws {
    let noise = (0..<300).map { [0x9B, 0, 1, 0xFE, 0xDE][$0 % 5] }.map(UInt8.init)
    let document = noise + Array("%PDF-1.7\n".utf8) + noise
    #expect(try extract(Self.bytes("FFD8FFE0 0010") + document).causes == [.noDecoder])
    #expect(try extract(Self.bytes("7F454C46 0201") + document).causes == [])
  }

  @Test("An encrypted office document is told from a legacy one")
  func office() throws {
    let ole = Self.bytes("D0CF11E0A1B11AE1") + [UInt8](repeating: 0, count: 600)
    let name = CharsetTests.bytes(Array("EncryptedPackage".utf16), false)
    #expect(try extract(ole).causes == [])
    #expect(try extract(ole).summary.examined == .runs)
    #expect(try extract(ole + name).causes == [.encrypted])
  }

  @Test("A name that lies is a signal, an honest one is none")
  func names() throws {
    let program = Self.bytes("7F454C46 0201 01") + [UInt8](repeating: 0, count: 64)
    let archive = Self.bytes("504B0304 1400 0000 0800 0000 0000") + [UInt8](repeating: 0, count: 9)
    func lies(_ bytes: [UInt8], _ name: String) throws -> Bool {
      try extract(bytes, name: name).sink.signals.contains(.nameLies)
    }
    #expect(try lies(program, "holiday.JPG"))
    #expect(try lies(archive, "notes.txt"))
    #expect(try lies(Array("plain text".utf8), "a.zip"))
    #expect(try !lies(archive, "report.docx"))
    #expect(try !lies(program, "tool"))
    #expect(try !lies(Array("plain text".utf8), "a.txt"))
    #expect(try !lies(Array("#!/bin/sh\n".utf8), "a.sh"))
  }
}
