import Crypto
import SluiceCore

/// The frame of a line: `{"seq":…,"time":"…","event":"…", … ,"prev":"…"}` and a newline.
struct LineForm {
  var seq: Int
  var event: LogRecord.Event
  /// 64 hexadecimal digits.
  var prev: [UInt8]

  static let firstPrev = [UInt8](repeating: UInt8(ascii: "0"), count: 64)

  /// Reads the frame only; what stands between is the hash's to vouch for.
  /// - Returns: nil for a line that no writer of this log can have written.
  init?(_ line: [UInt8]) {
    var rest = line[...]
    func take(_ text: StaticString) -> Bool {
      let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      guard rest.starts(with: wanted) else { return false }
      rest = rest.dropFirst(wanted.count)
      return true
    }
    guard take("{\"seq\":") else { return nil }
    let digits = rest.prefix { 48...57 ~= $0 }
    guard digits.first != UInt8(ascii: "0"), digits.count <= 18,
      let seq = Int(String(decoding: digits, as: UTF8.self))
    else { return nil }
    rest = rest.dropFirst(digits.count)
    guard take(",\"time\":\""), rest.count > 28 else { return nil }
    rest = rest.dropFirst(27)
    guard take("\",\"event\":\"") else { return nil }
    let event = rest.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
    rest = rest.dropFirst(event.count)
    guard !event.isEmpty, take("\","), rest.count >= 75 else { return nil }
    if rest.count > 75, rest[rest.endIndex - 76] != UInt8(ascii: ",") { return nil }
    rest = rest.suffix(75)
    guard take("\"prev\":\"") else { return nil }
    let prev = rest.prefix(64)
    guard prev.allSatisfy({ 48...57 ~= $0 || 97...102 ~= $0 }) else { return nil }
    rest = rest.dropFirst(64)
    guard take("\"}\n"), rest.isEmpty else { return nil }
    self.seq = seq
    self.event = LogRecord.Event(rawValue: String(decoding: event, as: UTF8.self))
    self.prev = Array(prev)
  }

  static func write(
    _ record: LogRecord, seq: Int, time: Timestamp, prev: [UInt8]
  ) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(512)
    line.append(contentsOf: "{\"seq\":".utf8)
    line.append(contentsOf: String(seq).utf8)
    line.append(contentsOf: ",\"time\":\"".utf8)
    line.append(contentsOf: time.description.utf8)
    line.append(contentsOf: "\",\"event\":\"".utf8)
    line.append(contentsOf: record.event.rawValue.utf8)
    line.append(contentsOf: "\",".utf8)
    for member in record.members {
      JSON.string(member.key).write(to: &line)
      line.append(UInt8(ascii: ":"))
      member.value.write(to: &line)
      line.append(UInt8(ascii: ","))
    }
    line.append(contentsOf: "\"prev\":\"".utf8)
    line.append(contentsOf: prev)
    line.append(contentsOf: "\"}\n".utf8)
    return line
  }

  /// The SHA-256 of a whole line as the next one's `prev` has it.
  static func digest(_ line: [UInt8]) -> [UInt8] {
    Array(Hex.encode(SHA256.hash(data: line)).utf8)
  }
}
