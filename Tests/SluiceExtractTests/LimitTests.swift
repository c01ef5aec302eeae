import Glibc
import SluiceCore
import Testing

@testable import SluiceExtract

@Suite struct LimitTests {
  @Test("Bytes beyond the limit of a file are hashed, not decoded, and named")
  func fileBytes() throws {
    for text in ["abcdefghij", String(repeating: "a", count: ItemReader.block + 5)] {
      var limits = ExtractLimits()
      limits.fileBytes = text.utf8.count - 3
      let item = try extract(Array(text.utf8), limits: limits)
      #expect(item.segments.map(\.text) == [String(text.dropLast(3))])
      #expect(item.causes == [.limit])
      #expect(item.summary.examinedBytes == limits.fileBytes)
      #expect(item.summary.unexamined[0].detail.contains("\(limits.fileBytes)"))
    }
  }

  @Test("A segment that is too long is cut at a character, and the cut is named")
  func segmentBytes() throws {
    var limits = ExtractLimits()
    limits.segmentBytes = 4
    let item = try extract(Array("abcé".utf8), limits: limits)
    #expect(item.segments.map(\.text) == ["abc"])
    #expect(item.causes == [.limit])
    #expect(item.summary.unexamined[0].detail.contains("from byte 3 on"))
    let large = Array(String(repeating: "x", count: ItemReader.block * 2).utf8)
    limits.segmentBytes = ItemReader.block + 9
    let cut = try extract(large, limits: limits)
    #expect(cut.segments.map(\.bytes.count) == [limits.segmentBytes])
    #expect(cut.causes == [.limit])
    limits.segmentBytes = large.count
    #expect(try extract(large, limits: limits).causes == [])
  }

  @Test("Readings beyond their limit are named")
  func readings() throws {
    var limits = ExtractLimits()
    limits.readings = 2
    let item = try extract([0xCF, 0xE5, 0xF0, 0xE5, 0xE2, 0xEE, 0xE4], limits: limits)
    #expect(item.segments.count == 2)
    #expect(item.causes == [.limit])
    #expect(item.summary.unexamined[0].detail.contains("windows-"))
  }

  @Test("There are fewer sets than the limit of readings")
  func enough() {
    #expect(
      SingleByteCharset.all.count + DoubleByteCharset.all.count + 10 < ExtractLimits().readings)
  }

  @Test("A file that is written to while it is read is reported")
  func changed() throws {
    for size in [100, ItemReader.block * 3] {
      for change in ["grow", "shrink", "write"] {
        var path = Array("/tmp/sluice-extract-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        defer { close(descriptor) }
        unlink(path)
        // No text, so that it is read more than once.
        let bytes = [UInt8](repeating: 1, count: size)
        #expect(write(descriptor, bytes, size) == size)
        var isFirst = true
        let summary = try Extractor().extract(descriptor, name: [0x61], into: Collector()) { _ in
          guard isFirst else { return }
          isFirst = false
          switch change {
          case "grow": pwrite(descriptor, "more", 4, off_t(size))
          case "shrink": ftruncate(descriptor, off_t(size / 2))
          default: pwrite(descriptor, "more", 4, off_t(size - 4))
          }
        }
        // What lies in memory cannot change any more; the item's digest is that of what was read.
        let isNoticed = summary.unexamined.map(\.cause).contains(.changed)
        #expect(isNoticed == (size > 100), "\(change) \(size)")
      }
    }
  }

  @Test("A failure says whether the item or the system is at fault")
  func failures() throws {
    let directory = open("/tmp", O_RDONLY)
    defer { close(directory) }
    let item = #expect(throws: ReadFailure.self) {
      try Extractor().extract(directory, name: [], into: Collector()) { _ in }
    }
    #expect(item?.isItemFault == true)
    #expect(item?.code == "extract.read")
    let system = #expect(throws: ReadFailure.self) {
      try Extractor().extract(-1, name: [], into: Collector()) { _ in }
    }
    #expect(system?.isItemFault == false)
    #expect(ReadFailure(operation: "read", errno: EIO).isItemFault)
    #expect(!ReadFailure(operation: "read", errno: ENOMEM).isItemFault)
  }

  @Test("A file beyond the limit that is mostly holes is refused, and not read for hours")
  func holes() throws {
    var path = Array("/tmp/sluice-extract-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    defer { close(descriptor) }
    unlink(path)
    #expect(ftruncate(descriptor, 1 << 40) == 0)
    let failure = #expect(throws: ReadFailure.self) {
      try Extractor().extract(descriptor, name: [], into: Collector()) { _ in }
    }
    #expect(failure?.isItemFault == true)
    #expect(failure?.message.contains("1099511627776 bytes, most of them holes") == true)
  }

  @Test("A sparse file of 64 MiB is read in flat memory")
  func sparse() throws {
    var path = Array("/tmp/sluice-extract-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    defer { close(descriptor) }
    unlink(path)
    let size = 64 << 20
    #expect(ftruncate(descriptor, off_t(size)) == 0)
    #expect(pwrite(descriptor, "release fee", 11, off_t(size - 11)) == 11)
    let sink = Collector()
    var observed = 0
    let before = peakMemory()
    let summary = try Extractor().extract(descriptor, name: [0x61], into: sink) {
      observed += $0.count
    }
    #expect(observed == size)
    #expect(summary.examined == .runs)
    #expect(sink.segment("runs of ascii and utf-8")?.origin(of: "release fee") == size - 11)
    #expect(peakMemory() - before < 48 << 10)
  }

  /// In KiB.
  private func peakMemory() -> Int {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}
