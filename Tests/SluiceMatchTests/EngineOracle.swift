import CPCRE2
import SluiceCore

@testable import SluiceMatch

/// The truth that the engine is held against: PCRE2 itself, asked at every character of the whole
/// text, anchored.
enum EngineOracle {
  struct Match: Hashable, CustomStringConvertible {
    var pattern: Int
    var start: Int
    var end: Int
    var description: String { "\(pattern):\(start)..<\(end)" }
  }

  /// - Returns: nil where PCRE2 gave up somewhere.
  static func matches(of spec: PatternSpec, pattern: Int = 0, in text: [UInt8]) -> [Match]? {
    var error: Int32 = 0
    var offset = 0
    var flags = PCRE2_UTF | PCRE2_UCP
    if !spec.caseSensitive { flags |= PCRE2_CASELESS }
    if spec.freeSpacing { flags |= PCRE2_EXTENDED }
    let source = Array(spec.source.utf8)
    guard let code = pcre2_compile_8(source, source.count, flags, &error, &offset, nil) else {
      return nil
    }
    defer { pcre2_code_free_8(code) }
    pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    let data = pcre2_match_data_create_from_pattern_8(code, nil)
    defer { pcre2_match_data_free_8(data) }
    let offsets = pcre2_get_ovector_pointer_8(data)!
    var found: [Match] = []
    for start in 0...text.count where start == text.count || text[start] & 0xC0 != 0x80 {
      let result = pcre2_match_8(
        code, text, text.count, start, PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK, data,
        nil)
      if result > 0 { found.append(Match(pattern: pattern, start: offsets[0], end: offsets[1])) }
      if result < -1 { return nil }
    }
    return found
  }
}

/// Keeps what a scanner reports.
final class MatchCollector: MatchReceiver {
  var found: [EngineOracle.Match] = []

  func wants(pattern: Int) -> Bool { true }

  func matched(_ match: RawMatch, context: MatchContext) {
    found.append(.init(pattern: match.pattern, start: match.start, end: match.end))
  }

  /// All matches of a text that is fed in pieces of about `piece` bytes, cut at characters.
  static func scan(_ text: [UInt8], with scanner: PatternScanner, piece: Int) -> [EngineOracle
    .Match]
  {
    let collector = MatchCollector()
    scanner.begin(view: .text)
    text.withUnsafeBytes { bytes in
      var start = 0
      repeat {
        var end = min(bytes.count, start + piece)
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        scanner.feed(
          UnsafeRawBufferPointer(rebasing: bytes[start..<end]), last: end == bytes.count,
          to: collector)
        start = end
      } while start < bytes.count
    }
    return collector.found.sorted { ($0.pattern, $0.start) < ($1.pattern, $1.start) }
  }
}
