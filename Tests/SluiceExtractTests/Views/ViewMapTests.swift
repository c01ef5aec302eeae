import Foundation
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

@Suite struct ViewMapTests {
  @Test(
    "Every span of a view of random Unicode leads to bytes that produce it, and no letter is lost")
  func random() throws {
    var random = SplitMix(state: 21)
    let alphabets: [[UInt32]] = [
      Array(0x20...0x7E) + [0x0A], [0x430, 0x435, 0x43E, 0x441, 0x61, 0x6C, 0x20, 0x3BF],
      [0x61, 0x65, 0x301, 0x323, 0x331, 0x335, 0x488, 0x20, 0x6E],
      [0x200B, 0x200D, 0x2060, 0xFE0F, 0xAD, 0x202E, 0x61, 0x62, 0x20, 0xE0041],
      [0x1100, 0x1161, 0x11A8, 0xAC00, 0x304B, 0x3099, 0x20], Array(0xFF01...0xFF5E) + [0x3000],
      Array(0x1D400...0x1D433) + [0xFB01, 0x2460, 0x1F170, 0x1F1E6, 0x20],
      [0x915, 0x93C, 0x94D, 0x200D, 0xE01, 0xE31, 0xE48, 0x5D0, 0x5B8, 0x627, 0x64E, 0x20],
      Array(0xA0...0x24F) + [0x20, 0x300, 0x308],
    ]
    for round in 0..<270 {
      let alphabet = alphabets[round % alphabets.count]
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...120, using: &random) {
        let any = UInt32.random(in: 0xA0...0x1FFFF, using: &random)
        let value =
          Int.random(in: 0...20, using: &random) == 0
          ? any : alphabet.randomElement(using: &random)!
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      let bytes = Array(String(scalars).utf8)
      var view = ViewText()
      var heat = DisguiseHeat()
      let differs = bytes.withUnsafeBufferPointer {
        Folder().fold($0, at: 0, into: &view, heat: &heat)
      }
      if differs { check(view, of: bytes) }
    }
  }

  private func check(_ view: ViewText, of bytes: [UInt8]) {
    let map = OffsetMap(runs: view.runs)
    let table = PropertyTable.shared
    var covered = [Bool](repeating: false, count: bytes.count)
    var index = 0
    view.bytes.withUnsafeBufferPointer { buffer in
      while index < buffer.count {
        let (scalar, length) = buffer.scalar(at: index)
        let span = map.origin(of: index)..<map.end(of: index + length - 1)
        let source = String(decoding: bytes[span], as: UTF8.self)
        #expect(Self.produces(source, scalar), "\(source.debugDescription) \(scalar)")
        for place in span { covered[place] = true }
        index += length
      }
    }
    // What no unit stands for is nothing a reader sees.
    index = 0
    bytes.withUnsafeBufferPointer { buffer in
      while index < buffer.count {
        let (scalar, length) = buffer.scalar(at: index)
        let properties = table[scalar]
        if !covered[index], properties.isDisjoint(with: [.ignorable, .mark, .control]) {
          Issue.record("U+\(String(scalar, radix: 16)) at \(index) is in no unit")
        }
        index += length
      }
    }
  }

  /// Whether Foundation's normalisation, or a look-alike, makes `scalar` of a text.
  private static func produces(_ text: String, _ scalar: UInt32) -> Bool {
    let forms = [
      text, text.precomposedStringWithCompatibilityMapping,
      text.decomposedStringWithCompatibilityMapping,
    ]
    let all = Set(forms.flatMap { $0.unicodeScalars.map(\.value) })
    if all.contains(scalar) { return true }
    // Marks may be missing from what is composed.
    if let parts = Normalizer.shared.decomposition(of: scalar), all.isSuperset(of: parts) {
      return true
    }
    return all.contains { source in
      LookAlikes.shared.latin(source)?.contains { UInt32($0) == scalar } == true
        || [.cyrillic, .greek].contains { LookAlikes.shared.foreign(source, of: $0) == scalar }
        || Normalizer.shared.bare(source) == scalar
    }
  }

  @Test("A disguise is found wherever it lies in a large text, and leads to its place")
  func borders() throws {
    let plain = "the quick brown fox jumps over the lazy dog and runs off. "
    for filler in [plain, String(repeating: "x", count: 64), "й"] {
      for start in [0, ViewMaker.block - 20, ViewMaker.block * 2 - 7, ItemReader.block - 9] {
        var bytes = [UInt8]()
        while bytes.count < start { bytes += Array(filler.utf8) }
        bytes.append(0x20)
        let place = bytes.count
        bytes += Array("see w\u{200B}\u{200B}allets and p a y m e n t".utf8) + [0x20]
        while bytes.count < ItemReader.block * 2 { bytes += Array(filler.utf8) }
        let item = try extract(bytes)
        let folded = try #require(item.segments[0].views[.folded])
        let joined = try #require(item.segments[0].views[.joined])
        #expect(folded.span(of: "wallets")?.lowerBound == place + 4)
        #expect(joined.span(of: "wallets and payment")?.lowerBound == place + 4)
        #expect(folded.bytes.count < 5 * ViewMaker.block)
      }
    }
  }
}
