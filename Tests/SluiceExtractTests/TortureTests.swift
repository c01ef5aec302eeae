import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

@Suite struct TortureTests {
  @Test("Every pair of bytes is examined, and what is printable in it comes out")
  func pairs() throws {
    let extractor = Extractor()
    for first in stride(from: 0, through: 255, by: 1) {
      let bytes = (0...255).flatMap { [UInt8(first), UInt8($0)] }
      let item = try extract(bytes, with: extractor)
      #expect(!item.segments.isEmpty || item.summary.examined == .runs)
    }
  }

  @Test("Every item of two bytes is examined as text or as runs")
  func two() throws {
    let extractor = Extractor()
    var random = SplitMix(state: 5)
    for _ in 0..<400 {
      _ = try extract(
        [.random(in: 0...255, using: &random), .random(in: 0...255, using: &random)],
        with: extractor)
    }
  }

  @Test("Random bytes of every mixture are examined without harm, to the last byte")
  func random() throws {
    var random = SplitMix(state: 3)
    let extractor = Extractor()
    let alphabets: [[UInt8]] = [
      Array(0...255), Array(0x20...0x7E) + [0xE9], [0, 0x61], [0xD8, 0xDC, 0x00, 0x61],
      Array(0x80...0xFF), [0xED, 0xA0, 0xBD, 0xB8, 0x80, 0xC0, 0xF4, 0x8F],
      [0x1B, 0x24, 0x42, 0x28],
      [0x61, 0x04, 0x30, 0x4E, 0x00],
    ]
    for round in 0..<160 {
      let alphabet = alphabets[round % alphabets.count]
      let count = Int.random(in: 0...3000, using: &random)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
      let item = try extract(bytes, with: extractor)
      for segment in item.segments {
        #expect(segment.isComplete)
        #expect(zip(segment.origins, segment.origins.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(segment.origins.allSatisfy { $0 <= count })
      }
    }
  }

  @Test("Letters of a code page that are joined are whole characters")
  func joined() throws {
    var random = SplitMix(state: 1)
    let extractor = Extractor()
    for _ in 0..<40 {
      let bytes = (0..<700).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
      // Every piece is checked as it comes.
      _ = try extract(bytes, with: extractor)
    }
  }

  @Test("Text hidden behind any first bytes is found in some segment")
  func hidden() throws {
    var random = SplitMix(state: 11)
    let extractor = Extractor()
    let secret = "send the release fee"
    for _ in 0..<200 {
      let lead = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(try extract(lead + [0] + Array(secret.utf8), with: extractor).holds(secret))
      let wide = CharsetTests.bytes(Array(secret.utf16), Bool.random(using: &random))
      let item = try extract(lead + [0xFF, 0xFF] + wide, with: extractor)
      #expect(item.holds(String(secret.dropFirst())), "\(lead)")
    }
  }
}
