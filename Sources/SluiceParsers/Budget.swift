import Glibc
import SluiceCore
import SluiceExtract

/// Nothing more of this item is read; the gap is said.
struct Stop: Error {}

/// What one item may still come to: bytes, parts and time.
final class Budget {
  private let limits: ExtractLimits
  private let reply: Reply
  private let size: Int
  private let deadline: UInt64
  private(set) var expanded = 0
  private(set) var members = 0
  private(set) var isOver = false

  init(_ limits: ExtractLimits, size: Int, reply: Reply) {
    self.limits = limits
    self.reply = reply
    self.size = size
    deadline = Self.now + UInt64(limits.milliseconds)
  }

  /// More bytes were unpacked.
  func expand(_ count: Int, _ path: String) throws(Stop) {
    expanded += count
    if expanded > limits.expandedBytes {
      throw over(
        path, .expandedBytes, "its parts come to more than \(limits.expandedBytes) bytes")
    }
    if expanded > ExtractLimits.ratioFloor, expanded / max(1, size) >= limits.ratio {
      throw over(
        path, .ratio,
        "its parts come to more than \(limits.ratio) times its \(size) bytes")
    }
    try checkTime(path)
  }

  func member(_ path: String) throws(Stop) {
    members += 1
    if members > limits.members {
      throw over(path, .members, "it has more than \(limits.members) parts")
    }
    try checkTime(path)
  }

  var isLate: Bool { Self.now >= deadline }

  func checkTime(_ path: String) throws(Stop) {
    guard isLate, !isOver else { return }
    isOver = true
    reply.gap(
      Unexamined(
        segment: path, cause: .time,
        detail: "it was not opened to its end within \(limits.milliseconds / 1000) s"))
    throw Stop()
  }

  /// Says which limit it was, unless one has been said.
  private func over(_ path: String, _ limit: Unexamined.Limit, _ detail: String) -> Stop {
    if !isOver {
      isOver = true
      var gap = Unexamined(
        segment: path, cause: .limit, detail: detail + "; what follows was not opened")
      gap.limit = limit
      reply.gap(gap)
    }
    return Stop()
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
