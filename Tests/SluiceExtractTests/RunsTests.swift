import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

@Suite struct RunsTests {
  /// Bytes that are no text in any set.
  private func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SplitMix(state: seed)
    return (0..<count).map { _ in [0, 1, 2, 3, 5, 0x7F, 0xFF, 0x90].randomElement(using: &random)! }
  }

  @Test("Runs of ASCII and UTF-8 in unrecognised bytes are read at their places")
  func narrow() throws {
    let bytes =
      noise(100) + Array("release fée\nnow".utf8) + noise(50) + Array("abc".utf8) + noise(9)
    let item = try extract(bytes)
    let segment = item.segment("runs of ascii and utf-8")
    #expect(segment?.origin(of: "release fée\nnow") == 100)
    #expect(segment?.text.contains("abc") == false)
    #expect(item.summary.examined == .runs)
    #expect(item.summary.unexamined.isEmpty)
  }

  @Test("Runs of UTF-16 are read in either order, at even and odd offsets")
  func wide() throws {
    for bigEndian in [false, true] {
      for text in ["release fee", "Комиссия", "请把钱转到这个帐户"] {
        for shift in 0...1 {
          let start = 64 + shift
          let bytes =
            [UInt8](repeating: 0xFF, count: start)
            + CharsetTests.bytes(Array(text.utf16), bigEndian)
            + [UInt8](repeating: 0xFF, count: 40)
          let item = try extract(bytes)
          let segment = item.segment("runs of " + (bigEndian ? "utf-16be" : "utf-16le"))
          #expect(segment?.origin(of: text) == start, "\(text) \(bigEndian) \(shift)")
        }
      }
    }
  }

  @Test("UTF-16 behind ASCII text is read, wherever it begins")
  func behindASCII() throws {
    for padding in 0...5 {
      let lead = Array(String(repeating: "x", count: 90 + padding).utf8)
      let item = try extract(lead + CharsetTests.bytes(Array("secret wallet".utf16), false))
      #expect(
        item.segment("runs of utf-16le")?.text.contains("ecret wallet") == true, "\(padding)")
    }
  }

  @Test("Runs come out the same wherever the bytes are cut")
  func cuts() {
    let wide = CharsetTests.bytes(Array("Комиссия 请把钱转到 一二三四五 fee".utf16), false)
    let bytes = noise(20) + Array("release fée 😀".utf8) + [0] + wide + noise(3) + Array("tail".utf8)
    let runs: [any Decoder] = [
      NarrowRuns(), WideRuns(bigEndian: false), WideRuns(bigEndian: true),
    ]
    for decoder in runs {
      let whole = decode(bytes, with: decoder)
      #expect(!whole.text.isEmpty)
      for cut in 0...bytes.count {
        let parts = decode(bytes, with: decoder, cutAt: cut)
        #expect(parts.text == whole.text && parts.origins == whole.origins, "\(decoder) \(cut)")
      }
    }
  }

  @Test("Text behind a picture is found, and the picture is still metadata")
  func picture() throws {
    let picture = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + noise(3000)
    let plain = try extract(picture, name: "a.jpg")
    #expect(plain.summary.examined == .metadata)
    #expect(plain.summary.unexamined.isEmpty)
    let item = try extract(picture + Array("send the release fee".utf8))
    #expect(item.holds("send the release fee"))
    #expect(item.summary.examined == .metadata)
  }

  @Test("Nothing in UTF-16 runs is noise from ASCII text or from the other order")
  func quiet() throws {
    let edge = [UInt8](repeating: 0xDE, count: 40)
    let binary = edge + Array("plain ASCII text of a program".utf8) + edge
    #expect(try extract(binary).segment("runs of utf-16le") == nil)
    let wide = edge + CharsetTests.bytes(Array("version information".utf16), false) + [3, 3] + edge
    let other = try extract(wide).segment("runs of utf-16be")?.text ?? ""
    #expect(!other.unicodeScalars.contains { $0.value > 0x7F })
  }
}
