import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

@Suite struct CharsetTests {
  /// Made by Python's codecs.
  static let samples: [(reading: String, text: String, bytes: [UInt8])] = [
    (
      "koi8-r", "Перевод денег",
      [0xF0, 0xC5, 0xD2, 0xC5, 0xD7, 0xCF, 0xC4, 0x20, 0xC4, 0xC5, 0xCE, 0xC5, 0xC7]
    ),
    (
      "windows-1251", "Перевод денег",
      [0xCF, 0xE5, 0xF0, 0xE5, 0xE2, 0xEE, 0xE4, 0x20, 0xE4, 0xE5, 0xED, 0xE5, 0xE3]
    ),
    (
      "iso-8859-5", "Перевод денег",
      [0xBF, 0xD5, 0xE0, 0xD5, 0xD2, 0xDE, 0xD4, 0x20, 0xD4, 0xD5, 0xDD, 0xD5, 0xD3]
    ),
    (
      "ibm866", "Перевод денег",
      [0x8F, 0xA5, 0xE0, 0xA5, 0xA2, 0xAE, 0xA4, 0x20, 0xA4, 0xA5, 0xAD, 0xA5, 0xA3]
    ),
    (
      "windows-1253", "Στείλτε χρήματα",
      [0xD3, 0xF4, 0xE5, 0xDF, 0xEB, 0xF4, 0xE5, 0x20, 0xF7, 0xF1, 0xDE, 0xEC, 0xE1, 0xF4, 0xE1]
    ),
    ("windows-1255", "שלח כסף", [0xF9, 0xEC, 0xE7, 0x20, 0xEB, 0xF1, 0xF3]),
    ("windows-1256", "أرسل المال", [0xC3, 0xD1, 0xD3, 0xE1, 0x20, 0xC7, 0xE1, 0xE3, 0xC7, 0xE1]),
    (
      "iso-8859-2", "Pošlete peníze",
      [0x50, 0x6F, 0xB9, 0x6C, 0x65, 0x74, 0x65, 0x20, 0x70, 0x65, 0x6E, 0xED, 0x7A, 0x65]
    ),
    (
      "windows-1250", "Pošlete peníze",
      [0x50, 0x6F, 0x9A, 0x6C, 0x65, 0x74, 0x65, 0x20, 0x70, 0x65, 0x6E, 0xED, 0x7A, 0x65]
    ),
    (
      "iso-8859-15", "Œuvre à 5 €",
      [0xBC, 0x75, 0x76, 0x72, 0x65, 0x20, 0xE0, 0x20, 0x35, 0x20, 0xA4]
    ),
    (
      "windows-1252", "“Œuvre” à 5 €",
      [0x93, 0x8C, 0x75, 0x76, 0x72, 0x65, 0x94, 0x20, 0xE0, 0x20, 0x35, 0x20, 0x80]
    ),
    (
      "windows-1254", "Para gönderiniz şimdi",
      [
        0x50, 0x61, 0x72, 0x61, 0x20, 0x67, 0xF6, 0x6E, 0x64, 0x65, 0x72, 0x69, 0x6E, 0x69, 0x7A,
        0x20, 0xFE, 0x69, 0x6D, 0x64, 0x69,
      ]
    ),
    ("ibm437", "Größe ½", [0x47, 0x72, 0x94, 0xE1, 0x65, 0x20, 0xAB]),
    ("macintosh", "Größe", [0x47, 0x72, 0x9A, 0xA7, 0x65]),
    ("koi8-u", "Гроші їй", [0xE7, 0xD2, 0xCF, 0xDB, 0xA6, 0x20, 0xA7, 0xCA]),
    ("windows-874", "ส่งเงิน", [0xCA, 0xE8, 0xA7, 0xE0, 0xA7, 0xD4, 0xB9]),
    (
      "windows-1257", "Siųskite pinigų",
      [0x53, 0x69, 0xF8, 0x73, 0x6B, 0x69, 0x74, 0x65, 0x20, 0x70, 0x69, 0x6E, 0x69, 0x67, 0xF8]
    ),
    (
      "shift_jis", "秘密の財布ｱｲ送金",
      [
        0x94, 0xE9, 0x96, 0xA7, 0x82, 0xCC, 0x8D, 0xE0, 0x95, 0x7A, 0xB1, 0xB2, 0x91, 0x97, 0x8B,
        0xE0,
      ]
    ),
    (
      "euc-jp", "秘密の財布を送金",
      [
        0xC8, 0xEB, 0xCC, 0xA9, 0xA4, 0xCE, 0xBA, 0xE2, 0xC9, 0xDB, 0xA4, 0xF2, 0xC1, 0xF7, 0xB6,
        0xE2,
      ]
    ),
    (
      "gb18030", "请把钱转到这个帐户😀",
      [
        0xC7, 0xEB, 0xB0, 0xD1, 0xC7, 0xAE, 0xD7, 0xAA, 0xB5, 0xBD, 0xD5, 0xE2, 0xB8, 0xF6, 0xD5,
        0xCA, 0xBB, 0xA7, 0x94, 0x39, 0xFC, 0x36,
      ]
    ),
    (
      "big5", "請把錢轉到這個帳戶",
      [
        0xBD, 0xD0, 0xA7, 0xE2, 0xBF, 0xFA, 0xC2, 0xE0, 0xA8, 0xEC, 0xB3, 0x6F, 0xAD, 0xD3, 0xB1,
        0x62, 0xA4, 0xE1,
      ]
    ),
    (
      "euc-kr", "비밀번호를 보내세요",
      [
        0xBA, 0xF1, 0xB9, 0xD0, 0xB9, 0xF8, 0xC8, 0xA3, 0xB8, 0xA6, 0x20, 0xBA, 0xB8, 0xB3, 0xBB,
        0xBC, 0xBC, 0xBF, 0xE4,
      ]
    ),
  ]

  @Test("A text in each older character set is read, with nothing declared")
  func undeclared() throws {
    let extractor = Extractor()
    for sample in Self.samples {
      let item = try extract(sample.bytes, with: extractor)
      #expect(item.holds(sample.text), "\(sample.reading)")
      #expect(item.summary.unexamined.isEmpty)
      #expect(item.summary.examined == .text)
    }
  }

  @Test("Sets that read an item's bytes alike are one reading, and no set is read twice")
  func alike() throws {
    let item = try extract(Array("d".utf8) + [0xE9] + Array("j".utf8) + [0xE0] + Array(" vu".utf8))
    let texts = item.segments.map(\.text)
    #expect(Set(texts).count == texts.count)
    #expect(Set(item.sink.readings).count == texts.count)
    #expect(texts.count < 16)
  }

  @Test("Every byte of every 8-bit set leads to itself")
  func singleByteMaps() {
    let bytes = (0...255).map(UInt8.init)
    for charset in SingleByteCharset.all {
      let (text, origins) = decode(bytes, with: SingleByteDecoder(charset: charset))
      let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
      #expect(scalars.count == 256)
      #expect(scalars[128...].map(\.value) == charset.upper.map(UInt32.init))
      #expect(scalars[..<128].map(\.value) == (0..<128).map(UInt32.init))
      #expect(starts(text, origins) == Array(0...255), "\(charset.name)")
    }
  }

  @Test("The tables hold what the published ones do, at places picked from them")
  func tables() {
    func character(_ name: String, _ byte: Int) -> UInt16? {
      SingleByteCharset.named(name)?.upper[byte - 0x80]
    }
    #expect(SingleByteCharset.all.count == 30)
    #expect(SingleByteCharset.all.allSatisfy { $0.upper.count == 128 })
    #expect(character("windows-1252", 0x80) == 0x20AC)
    #expect(character("windows-1252", 0x81) == 0xFFFD)
    #expect(character("windows-1251", 0xFF) == 0x044F)
    #expect(character("koi8-r", 0xC0) == 0x044E)
    #expect(character("iso-8859-7", 0xE1) == 0x03B1)
    #expect(character("ibm437", 0xFE) == 0x25A0)
    #expect(DoubleByteCharset.gb18030.pair(0xFE, 0x4F) != nil)
    #expect(DoubleByteCharset.eucKR.pair(0xC8, 0xFE) == 0xD79D)
    #expect(DoubleByteCharset.big5.pair(0xF9, 0xD5) == 0x9F98)
    #expect(DoubleByteCharset.shiftJIS.pair(0xEA, 0xA4) == 0x7199)
    #expect(DoubleByteCharset.jis0208(row: 15, cell: 0) == 0x4E9C)
  }

  @Test(
    "The tables are what the script writes from the published mappings",
    .enabled(if: access("/usr/bin/python3", X_OK) == 0))
  func generated() {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    #expect(system("/usr/bin/python3 '\(root)/scripts/charset-tables' --check") == 0)
  }

  @Test("A decoder gives the same text and map wherever its input is cut")
  func cuts() {
    var cases: [(Charset, [UInt8])] = Self.samples.compactMap { sample in
      DoubleByteCharset.all.first { $0.name == sample.reading }.map { (.double($0), sample.bytes) }
    }
    let text = "aé你😀\u{FFFF}b"
    cases.append((.utf8(), Array(text.utf8) + [0xE4, 0xBD, 0x20, 0xF0, 0x9F]))
    cases.append(
      (
        .utf8(lenient: true, dropsNUL: true),
        [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0, 0xC0, 0x80, 0xED, 0xA0, 0xBD, 0x61]
      ))
    for bigEndian in [false, true] {
      let units = Array(text.utf16) + [0xD800, 0x61, 0xDC00, 0xD83D]
      cases.append((.utf16(bigEndian: bigEndian), Self.bytes(units, bigEndian) + [0x61]))
      let words = text.unicodeScalars.flatMap { scalar in
        let four = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
        return bigEndian ? four.reversed() : four
      }
      cases.append((.utf32(bigEndian: bigEndian), words + [0x61]))
    }
    cases.append((.utf7, Array("Zahle +- +AMQA1g 1+IKw +2D3eAA- +edhbxg-x".utf8)))
    cases.append(
      (.iso2022JP, [0x61, 0x1B, 0x24, 0x42, 0x48, 0x6B, 0x4C, 0x29, 0x1B, 0x28, 0x42, 0x64, 0x1B]))
    for (charset, bytes) in cases {
      let whole = decode(bytes, with: charset.decoder)
      for cut in 0...bytes.count {
        let parts = decode(bytes, with: charset.decoder, cutAt: cut)
        #expect(parts.text == whole.text, "\(charset.name) at \(cut)")
        #expect(parts.origins == whole.origins, "\(charset.name) at \(cut)")
      }
    }
  }

  @Test("Random Unicode in UTF-8, UTF-16 and UTF-32 leads back to each character's bytes")
  func unicode() {
    var random = SplitMix(state: 7)
    let scalars = (0..<4000).map { _ -> Unicode.Scalar in
      let top: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF].randomElement(using: &random)!
      return Unicode.Scalar(.random(in: 1...top, using: &random)) ?? "?"
    }
    let text = Array(String(String.UnicodeScalarView(scalars)).utf8)
    for bigEndian in [false, true] {
      var (bytes, places): ([UInt8], [Int]) = ([], [])
      for scalar in scalars {
        places.append(bytes.count)
        bytes += Self.bytes(Array(String(scalar).utf16), bigEndian)
      }
      let (decoded, origins) = decode(bytes, with: UTF16Decoder(bigEndian: bigEndian))
      #expect(decoded == text)
      #expect(starts(decoded, origins) == places)
    }
    let (decoded, origins) = decode(text, with: UTF8Decoder())
    #expect(decoded == text)
    #expect(starts(decoded, origins) == starts(text, Array(text.indices)))
  }

  @Test("UTF-16 and UTF-32 are read with and without a mark, in either order")
  func wide() throws {
    let text = "Pay the release fee. Комиссия за перевод. 手数料を払う 😀\n"
    let extractor = Extractor()
    for bigEndian in [false, true] {
      let bytes = Self.bytes(Array(text.utf16), bigEndian)
      let name = bigEndian ? "utf-16be" : "utf-16le"
      for mark in [[], Self.bytes([0xFEFF], bigEndian)] {
        let item = try extract(mark + bytes, with: extractor)
        let segment = item.segments.first
        #expect(segment?.text == text, "\(name)")
        #expect(segment?.origin(of: "手数料") == mark.count + 42 * 2)
        #expect(item.summary.decoders.first == name)
        #expect(item.summary.examined == .text)
      }
      let words = text.unicodeScalars.flatMap { scalar in
        let four = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
        return bigEndian ? four.reversed() : four
      }
      #expect(try extract(words, with: extractor).segments.first?.text == text)
    }
    for script in ["Комиссия за перевод", "请把钱转到这个帐户", "Στείλτε χρήματα", "أرسل المال"] {
      let item = try extract(Self.bytes(Array(script.utf16), false), with: extractor)
      #expect(item.segments.contains { $0.text == script }, "\(script)")
    }
  }

  @Test("UTF-16 across every border of a block comes out whole")
  func wideBorders() throws {
    let text = String(repeating: "a", count: ItemReader.block / 2 - 1) + "😀 the end"
    let item = try extract(Self.bytes([0xFEFF] + Array(text.utf16), false))
    #expect(item.segments.first?.text == text)
    #expect(item.segments.first?.origin(of: "😀") == ItemReader.block)
  }

  static func bytes(_ units: [UInt16], _ bigEndian: Bool) -> [UInt8] {
    units.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return bigEndian ? [high, low] : [low, high]
    }
  }
}

/// Decodes `bytes` as a driver would, in one block or two.
func decode(_ bytes: [UInt8], with decoder: some Decoder, cutAt cut: Int? = nil)
  -> (text: [UInt8], origins: [Int])
{
  var decoder: any Decoder = decoder
  var (text, origins): ([UInt8], [Int]) = ([], [])
  bytes.withUnsafeBufferPointer { input in
    var start = 0
    for end in (cut.map { [$0] } ?? []) + [bytes.count] {
      let builder = TextBuilder(capacity: 4 * bytes.count + 16)
      start += decoder.decode(
        UnsafeBufferPointer(rebasing: input[start..<end]), at: start, final: end == bytes.count,
        into: builder)
      let map = builder.map(at: start)
      text += builder.contents
      origins += builder.contents.indices.map { map.origin(of: $0) }
    }
    #expect(start == bytes.count)
  }
  return (text, origins)
}

/// The origins of the bytes that begin a character.
func starts(_ text: [UInt8], _ origins: [Int]) -> [Int] {
  zip(text, origins).compactMap { $0 & 0xC0 == 0x80 ? nil : $1 }
}
