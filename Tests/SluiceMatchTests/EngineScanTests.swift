import CSluiceScan
import SluiceTestSupport
import Testing

@testable import SluiceMatch

/// The passes in C: with the CPU's vector instructions and without they find the same, and words
/// are those of PCRE2.
@Suite struct EngineScanTests {
  private static let words = [
    "bank", "transfer", "kiss", "a_1", "деньги", "naïve", "ﬀ", "0x", "instructions", "ſnake",
  ]

  /// Bytes that are UTF-8 or not, rich in words of the dictionary and in letters beyond ASCII.
  private static func text(
    _ random: inout SplitMix, valid: Bool, ascii: Bool = false
  ) -> [UInt8] {
    var text: [UInt8] = []
    let most = Bool.random(using: &random) ? 60 : 1500
    for _ in 0..<Int.random(in: 0...most, using: &random) {
      switch Int.random(in: 0..<(valid ? 7 : 10), using: &random) {
      case 0...2: text += Array(words.randomElement(using: &random)!.utf8)
      case 3: text += Array(words.randomElement(using: &random)!.uppercased().utf8)
      case 4:
        text += Array(String(repeating: "x", count: Int.random(in: 1...90, using: &random)).utf8)
      case 5: text += Array(["\u{212A}", "中", "😀", "é", "ж"].randomElement(using: &random)!.utf8)
      case 6: text += Array([" ", ", ", "\n", "_", "-7"].randomElement(using: &random)!.utf8)
      default: text.append(UInt8.random(in: 0...255, using: &random))
      }
      if Bool.random(using: &random) { text.append(32) }
    }
    if ascii { text.removeAll { $0 >= 0x80 } }
    return text
  }

  private struct Found: Equatable {
    var edges: [UInt32] = []
    var tags: [UInt16] = []
    var hits: [UInt64] = []
  }

  private static func table() throws -> TriggerTable {
    var builder = TriggerBuilder()
    let slots = [
      ("bank", false), ("tra", true), ("kis", true), ("день", true), ("instructions", false),
      ("0", true),
    ]
    for (index, (word, isOpen)) in slots.enumerated() {
      let required = RequiredWord(
        folded: Array(word.utf8), spelling: nil, ending: isOpen ? .open : .exact, length: nil)
      let slot = WordSlot(words: [required], lead: 0...0, index: 0...0, frequency: 1)
      builder.add(PatternPlan(trigger: .words(slot), start: .fixed(0)), pattern: index)
    }
    return TriggerTable(try #require(builder.finish()))
  }

  private static func find(_ text: [UInt8], from: Int, to: Int, _ table: TriggerTable, simd: Int32)
    -> Found
  {
    var word = [UInt64](repeating: 0, count: text.count / 64 + 3)
    var high = word
    var edges = [UInt32](repeating: 0, count: text.count + 128)
    var tags = [UInt16](repeating: 0, count: text.count / 2 + 66)
    var hits = [sluice_hit](repeating: sluice_hit(), count: 16_384)
    var found = Found()
    word.withUnsafeMutableBufferPointer { word in
      high.withUnsafeMutableBufferPointer { high in
        edges.withUnsafeMutableBufferPointer { edges in
          tags.withUnsafeMutableBufferPointer { tags in
            hits.withUnsafeMutableBufferPointer { hits in
              var stretch = sluice_stretch()
              stretch.word = word.baseAddress
              stretch.high = high.baseAddress
              stretch.edges = edges.baseAddress
              stretch.tags = tags.baseAddress
              stretch.hits = hits.baseAddress
              stretch.hit_room = hits.count
              var characters = table.characters
              var dictionary = table.dictionary
              sluice_find_words(
                text, text.count, from, to, &characters, &dictionary, &stretch, simd)
              found.edges = Array(edges.prefix(2 * stretch.words))
              found.tags = Array(tags.prefix(stretch.words))
              found.hits = hits.prefix(stretch.hit_count).map {
                UInt64($0.index) << 32 | UInt64($0.word)
              }
            }
          }
        }
      }
    }
    return found
  }

  @Test("Words are found alike with vector instructions and without, in text and in random bytes")
  func wordTwins() throws {
    let table = try Self.table()
    var random = SplitMix(state: 11)
    var hits = 0
    for number in 0..<300 {
      let text = Self.text(&random, valid: number % 2 == 0, ascii: number % 3 == 0)
      let from = Int.random(in: 0...min(9, text.count), using: &random)
      let plain = Self.find(text, from: from, to: text.count, table, simd: 0)
      hits += plain.hits.count
      for simd in 0...WordStage.simd {
        #expect(Self.find(text, from: from, to: text.count, table, simd: simd) == plain)
      }
    }
    #expect(hits > 300)
  }

  @Test("The words of a text begin where PCRE2 says that words begin")
  func wordStarts() throws {
    let table = try Self.table()
    var random = SplitMix(state: 12)
    let spec = PatternSpec(source: #"\b(?=\w)."#, freeSpacing: false, caseSensitive: true)
    for _ in 0..<200 {
      let text = Self.text(&random, valid: true)
      let found = Self.find(text, from: 0, to: text.count, table, simd: WordStage.simd)
      let truth = try #require(EngineOracle.matches(of: spec, in: text))
      let starts = stride(from: 0, to: found.edges.count, by: 2).map { Int(found.edges[$0]) }
      #expect(starts == truth.map(\.start))
    }
  }

  @Test("Sequences are found alike with vector instructions and without")
  func printTwins() throws {
    var random = SplitMix(state: 13)
    var groups = [sluice_prints](repeating: sluice_prints(), count: 3)
    for index in groups.indices {
      withUnsafeMutableBytes(of: &groups[index]) { bytes in
        for place in bytes.indices {
          bytes[place] =
            UInt8.random(in: 0...255, using: &random) | UInt8.random(in: 0...255, using: &random)
        }
      }
    }
    // A sequence or two a bucket; of most bytes one bit counts.
    let first = (UInt32(0)...24).map { $0 * 3 / 2 }
    let keys = (0..<36).map { _ in
      let common = UInt64(1) << UInt64.random(in: 0..<32, using: &random)
      return common << 32 | UInt64.random(in: 0..<(1 << 32), using: &random) & common
    }
    var all = 0
    for _ in 0..<60 {
      let text = Self.text(&random, valid: false)
      func find(simd: Int32) -> [[UInt32]] {
        var hits = [sluice_print_hit](repeating: sluice_print_hit(), count: 400_000)
        let count = groups.withUnsafeBufferPointer { groups in
          first.withUnsafeBufferPointer { first in
            keys.withUnsafeBufferPointer { keys in
              var table = sluice_print_table(
                groups: groups.baseAddress, group_count: groups.count, first: first.baseAddress,
                keys: keys.baseAddress)
              return sluice_find_prints(
                text, text.count, 0, text.count, &table, &hits, hits.count, simd)
            }
          }
        }
        return hits.prefix(count).map { [$0.at, $0.sequence] }
          .sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
      }
      let plain = find(simd: 0)
      all += plain.count
      for simd in 0...WordStage.simd { #expect(find(simd: simd) == plain) }
    }
    #expect(all > 1000)
  }
}
