// Targets for libFuzzer, built and run by scripts/fuzz: every decoder of encoded text and every view,
// over bytes of the fuzzer's choice. A target fails by a trap, by AddressSanitizer, or by `check`.

import Glibc
import SluiceCore

@testable import SluiceExtract

/// The target, as `SLUICE_FUZZ` names it.
private let target = getenv("SLUICE_FUZZ").map { String(cString: $0) } ?? "item"
private let folder = Folder()
private let joiner = Joiner()
private let extractor = Extractor()

private func check(_ holds: Bool, _ what: StaticString) {
  if !holds { fatalError("\(target): \(what)") }
}

/// Checks that a view is valid UTF-8 and that every place of it leads into the text.
private func check(_ view: ViewText, within limit: Int) {
  check(UTF8Check.isValid(view.bytes), "no valid UTF-8")
  guard !view.runs.isEmpty else { return check(view.isEmpty, "bytes without a map") }
  let map = OffsetMap(runs: view.runs)
  for offset in view.bytes.indices {
    let span = (map.origin(of: offset), map.end(of: offset))
    check(span.0 >= 0 && span.0 <= span.1 && span.1 <= limit, "a place outside the text")
  }
}

private func check(_ raw: RawDecoded, within limit: Int) {
  check(raw.units.reduce(0) { $0 + $1.count } == raw.count, "bytes without a unit")
  for unit in raw.units {
    check(unit.source.lowerBound >= 0 && unit.source.upperBound <= limit, "a place outside")
  }
  _ = raw.charset
}

/// Checks what a sink is promised.
private final class CheckingSink: TextSink {
  var length = 0
  var isOpen = false
  let limit: Int
  init(limit: Int) { self.limit = limit }
  func begin(document: DocumentInfo) {}
  func begin(segment: SegmentInfo) {
    check(!isOpen, "a segment in a segment")
    (isOpen, length) = (true, 0)
  }
  func text(_ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    check(isOpen && UTF8Check.isValid(bytes), "text")
    for offset in bytes.indices { check(map.origin(of: offset) <= limit, "a place outside") }
    length += bytes.count
  }
  func view(_ view: View, _ bytes: UnsafeRawBufferPointer, map: OffsetMap, last: Bool) {
    check(isOpen && UTF8Check.isValid(bytes), "view")
    for offset in bytes.indices {
      check(map.origin(of: offset) <= length && map.end(of: offset) <= length, "a place outside")
    }
  }
  func endSegment() {
    check(isOpen, "no segment")
    isOpen = false
  }
  func endDocument() {}
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  if target == "item" {
    run(item: bytes)
    return 0
  }
  // The others get valid UTF-8, as they are promised.
  let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
  text.withUnsafeBufferPointer { run($0) }
  return 0
}

private func run(item bytes: [UInt8]) {
  let descriptor = memfd_create("item", 0)
  defer { close(descriptor) }
  _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  do {
    _ = try extractor.extract(
      descriptor, name: [], into: CheckingSink(limit: bytes.count), observe: { _ in })
  } catch {
    fatalError("\(error)")
  }
}

private func run(_ block: UnsafeBufferPointer<UInt8>) {
  var look = QuickLook()
  look.look(block)
  var heat = DisguiseHeat()
  var view = ViewText()
  let all = 0..<block.count
  switch target {
  case "folded":
    if folder.fold(block, at: 0, into: &view, heat: &heat) { check(view, within: block.count) }
  case "joined":
    if joiner.join(JoinSource(block, at: 0), look, into: &view, heat: &heat) {
      check(view, within: block.count)
    }
  case "joined-folded":
    guard folder.fold(block, at: 0, into: &view, heat: &heat) else { return }
    var joined = ViewText()
    view.bytes.withUnsafeBufferPointer {
      look.look($0)
      if joiner.join(JoinSource($0, of: view), look, into: &joined, heat: &heat) {
        check(joined, within: block.count)
      }
    }
  case "hidden":
    var scanner = HiddenScanner(limit: 1 << 20)
    scanner.scan(block, look) { $0 }
    scanner.scanLetters(block) { $0 }
    scanner.scanInvisible(block) { $0 }
    for part in scanner.found.parts { check(part.text, within: block.count) }
  case "base64":
    let end = RunDecoders.endOfBase64(block, from: 0)
    check(RunDecoders.base64(block, 0..<end, skip: 0), within: block.count)
  case "digits":
    for base in [2, 16] {
      check(RunDecoders.digits(block, from: 0, base: base).0, within: block.count)
    }
  case "ascii85": if let raw = RunDecoders.ascii85(block, all) { check(raw, within: block.count) }
  case "morse": check(MorseDecoder.decode(block, from: 0).0, within: block.count)
  case "lines":
    for kind in [HiddenKind.percent, .quotedPrintable, .entities, .escapes] {
      if let raw = LineDecoders.decode(kind, block, all, least: 0) {
        check(raw, within: block.count)
        check(UTF8Check.isValid(raw.bytes) || kind != .entities, "character references")
      }
    }
  default: fatalError("no target is called \(target)")
  }
}
