import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct HiddenTests {
  static let sentence = Disguises.sentence

  @Test(
    "Encoded text is a segment of its own that leads back to where it stood",
    arguments: Disguises.encodings.map(\.name))
  func encodings(name: String) throws {
    let disguise = try #require(Disguises.encodings.first { $0.name == name })
    let before = "Dear friend, see what follows here: "
    let hidden = disguise.apply(Self.sentence)
    let text = before + hidden + "\n\nBest regards, and see you soon in the old town."
    let item = try extract(Array(text.utf8))
    let segment = try #require(
      item.segments.first {
        $0.info.part == .decoded && Disguises.holds($0.text, Self.sentence)
      })
    #expect(segment.info.path == "item > \(disguise.kind?.rawValue ?? "")")
    let place = try #require(segment.origins.first { $0 >= before.utf8.count })
    #expect(place < before.utf8.count + 40)
    #expect(item.summary.segments == item.segments.count)
    #expect(item.summary.decoders.contains(disguise.kind?.rawValue ?? ""))
  }

  @Test("Encodings are undone three deep; more is a gap")
  func nested() throws {
    let base64 = try #require(Disguises.encodings.first { $0.name == "Base64" })
    var text = Self.sentence
    for _ in 0..<3 { text = base64.apply(text) }
    let item = try extract(Array(text.utf8))
    #expect(item.segments.last?.text == Self.sentence)
    #expect(item.segments.last?.info.path == "item > Base64 > Base64 > Base64")
    #expect(item.causes.isEmpty)
    let deeper = try extract(Array(base64.apply(text).utf8))
    #expect(deeper.causes == [.limit])
    #expect(!deeper.holds(Self.sentence))
  }

  @Test("Base64 in lines, of a larger text, is one segment whose every part is in place")
  func lines() throws {
    let text = (0..<2000).map { "Line \($0) of a text of some length." }.joined(separator: "\n")
    var encoded = Base64.encode(Array(text.utf8))[...]
    var lines: [Substring] = []
    while !encoded.isEmpty {
      lines.append(encoded.prefix(76))
      encoded = encoded.dropFirst(76)
    }
    let item = try extract(Array(lines.joined(separator: "\r\n").utf8))
    let decoded = try #require(item.segments.first { $0.info.part == .decoded })
    #expect(decoded.text == text)
    let offset = try #require(decoded.origin(of: "Line 1500 "))
    let index = try #require(Embedded.firstIndex(of: Array("Line 1500 ".utf8), in: decoded.bytes))
    let expected = index / 57 * 78 + index % 57 / 3 * 4
    #expect(offset == expected)
  }

  @Test("Decoded text beyond its limit is a gap")
  func limit() throws {
    var limits = ExtractLimits()
    limits.decodedBytes = 2000
    let text = String(repeating: "A sentence that is repeated. ", count: 100)
    let item = try extract(Array(Base64.encode(Array(text.utf8)).utf8), limits: limits)
    #expect(item.causes == [.limit])
  }

  @Test("An archive in Base64 that nothing decodes is a gap")
  func archive() throws {
    let bytes = [0x50, 0x4B, 0x03, 0x04] + (0..<60).map { UInt8($0) }
    let item = try extract(Array("see \(Base64.encode(bytes)) there".utf8))
    #expect(item.causes == [.noDecoder])
    let picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<60).map { UInt8($0) }
    #expect(try extract(Array("see \(Base64.encode(picture)) there".utf8)).causes == [])
  }

  @Test(
    "Ordinary text has no decoded segments", arguments: FoldedTests.honest + JoinedTests.ordinary)
  func ordinary(text: String) throws {
    #expect(try extract(Array(text.utf8)).segments.count == 1)
  }
}
