// Purpose: lets the programs of `Benchmarks/`, which are a package of their own, run the matching
// engine alone. Trusts its caller. Never part of the daemon or of a command.
import SluiceCore
import SluiceMatch
import SluiceRules

/// The matching engine with a set of patterns, as a worker uses it. For one thread.
public final class MeasuredEngine {
  /// A pattern that the engine refuses: its index, and why.
  public struct Refusal: Error, Sendable {
    public let pattern: Int
    public let why: String
  }

  private let program: PatternProgram
  private let scanner: PatternScanner
  private let receiver: Receiver

  /// Compiles patterns, each without regard to case, as rules are by default.
  public init(patterns: [String]) throws(Refusal) {
    let specs = patterns.map {
      PatternSpec(source: $0, freeSpacing: false, caseSensitive: false, views: [.text])
    }
    let (program, faults) = PatternProgram.compile(specs)
    guard let program else {
      let first = faults.first
      throw Refusal(pattern: first?.spec ?? 0, why: first.map { "\($0.fault)" } ?? "unknown")
    }
    self.program = program
    scanner = PatternScanner(program: program)
    receiver = Receiver(count: patterns.count)
  }

  /// Calls `hit` once for each pattern that matches in a text of valid UTF-8.
  /// - Returns: false where the engine gave the text up, out of budget.
  public func scan(_ text: UnsafeRawBufferPointer, hit: (Int) -> Void) -> Bool {
    receiver.begin()
    scanner.begin(view: .text)
    scanner.feed(text, last: true, to: receiver)
    for pattern in receiver.found { hit(pattern) }
    return scanner.exhausted == nil
  }

  /// How a pattern is searched for.
  public func plan(of pattern: Int) -> String { program.plan(of: pattern) }

  /// One match of each pattern is enough, as with the tools that this is compared with.
  private final class Receiver: MatchReceiver {
    private var seen: [Bool]
    private(set) var found: [Int] = []

    init(count: Int) { seen = Array(repeating: false, count: count) }

    func begin() {
      for pattern in found { seen[pattern] = false }
      found.removeAll(keepingCapacity: true)
    }

    func wants(pattern: Int) -> Bool { !seen[pattern] }

    func matched(_ match: RawMatch, context: MatchContext) {
      guard !seen[match.pattern] else { return }
      seen[match.pattern] = true
      found.append(match.pattern)
    }
  }
}
