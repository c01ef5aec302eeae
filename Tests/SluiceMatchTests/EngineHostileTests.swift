import SluiceCore
import Testing

@testable import SluiceMatch

@Suite struct EngineHostileTests {
  private static func program(_ sources: [String], useJIT: Bool = true) throws -> PatternProgram {
    let specs = sources.map {
      PatternSpec(source: $0, freeSpacing: false, caseSensitive: false)
    }
    return try #require(
      PatternProgram.compile(specs, options: EngineOptions(useJIT: useJIT)).program)
  }

  @Test("A long run before what never comes costs no confirmation at all")
  func run() throws {
    let program = try Self.program(["a{1,2000}bc"])
    let scanner = PatternScanner(program: program)
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(MatchCollector.scan(text, with: scanner, piece: text.count).isEmpty)
    #expect(scanner.exhausted == nil)
    #expect(scanner.work.confirmations == 0)
  }

  @Test(
    "A set that would take too much memory is refused once, at the expression that was too much")
  func memory() throws {
    let specs = (0..<400).map {
      PatternSpec(source: "kumquat\($0)", freeSpacing: false, caseSensitive: false)
    }
    let first = try #require(PatternProgram.compile([specs[0]]).program)
    let size = first.entries[0].code.size
    #expect(size > 100)
    let (program, faults) = PatternProgram.compile(
      specs, options: EngineOptions(memory: size * 100))
    #expect(program == nil)
    #expect(faults.map(\.fault.code) == ["rules-memory"])
    #expect(
      PatternProgram.compile(specs, options: EngineOptions(memory: size * 1000)).program != nil)
  }

  @Test("Work beyond the budget ends the scan and is said")
  func budget() throws {
    let program = try Self.program(["(?=a{1,2000}[bc])a", "a{1,1900}[^a]x"])
    let scanner = PatternScanner(
      program: program, budget: WorkBudget(base: 1_000_000, perByte: 100))
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
    _ = MatchCollector.scan(text, with: scanner, piece: text.count)
    guard case .budget = scanner.exhausted else {
      Issue.record("\(String(describing: scanner.exhausted))")
      return
    }
    #expect(scanner.work.units < 200_000_000)
    // The next view starts afresh.
    #expect(MatchCollector.scan(Array("aab".utf8), with: scanner, piece: 10).count == 2)
    #expect(scanner.exhausted == nil)
  }

  @Test("An expression that PCRE2 gives up on is a cause, never a miss", arguments: [true, false])
  func gaveUp(useJIT: Bool) throws {
    let spec = PatternSpec(
      source: "(?:a?a?a?){1,30}[bc]x", freeSpacing: false, caseSensitive: false)
    let program = try #require(
      PatternProgram.compile([spec], options: EngineOptions(useJIT: useJIT, usePrefilter: false))
        .program)
    let scanner = PatternScanner(program: program)
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 120) + Array("x".utf8)
    #expect(MatchCollector.scan(text, with: scanner, piece: 1000).isEmpty)
    guard case .engine(_, let code) = scanner.exhausted else {
      Issue.record("\(String(describing: scanner.exhausted))")
      return
    }
    #expect(code < -1)
  }

  @Test("The interpreter finds what machine code finds, and says that it is in use")
  func interpreter() throws {
    let sources = ["\\bfoo\\W{1,3}(?:bar|baz)\\b", "(\\w)\\1{2}", "(?<=д)é"]
    let text = Array("foo, bar aaa foo  baz дé КkK\u{212A}".utf8)
    let machine = try Self.program(sources)
    let plain = try Self.program(sources, useJIT: false)
    #expect(machine.jitInUse)
    #expect(!plain.jitInUse)
    let first = MatchCollector.scan(text, with: PatternScanner(program: machine), piece: 9)
    let second = MatchCollector.scan(text, with: PatternScanner(program: plain), piece: 9)
    #expect(first == second)
    #expect(first.count == 5)
  }

  @Test("The plan of a pattern says how its candidates are found")
  func plan() throws {
    let program = try Self.program(["release\\W{1,3}fee", "\\W\\D"])
    #expect(program.plan(of: 0).contains("found by the"))
    #expect(program.plan(of: 1).contains("everywhere"))
  }

  @Test("A receiver has at least 4,096 bytes on both sides of a match where the view has them")
  func context() throws {
    final class Receiver: MatchReceiver {
      var matches = 0
      func wants(pattern: Int) -> Bool { true }
      func matched(_ match: RawMatch, context: MatchContext) {
        matches += 1
        let start = match.start - context.base
        let behind = context.window.count - (match.end - context.base)
        #expect(context.isFirst || start >= 4096)
        #expect(context.isLast || behind >= 4096)
        #expect(Array(context.window[start..<start + 6]) == Array("needle".utf8))
      }
    }
    let scanner = PatternScanner(program: try Self.program(["needle"]))
    let receiver = Receiver()
    let line = Array((String(repeating: "text ", count: 900) + "needle\n").utf8)
    scanner.begin(view: .text)
    for index in 0..<200 {
      line.withUnsafeBytes { scanner.feed($0, last: index == 199, to: receiver) }
    }
    #expect(receiver.matches == 200)
  }

  @Test("A long text that meets PCRE2's limit only over many starts together is matched whole")
  func limitOfManyStarts() throws {
    let spec = PatternSpec(
      source: "[a-z]{1,40}[0-9]{1,4}[a-z]{1,40}", freeSpacing: false, caseSensitive: true)
    let program = try #require(PatternProgram.compile([spec]).program)
    let scanner = PatternScanner(program: program)
    let text = Array(
      String(repeating: "abcdefghijklmnopqrstuvwxyzabcdefghijklmn ", count: 3000).utf8)
    let found = MatchCollector.scan(text + Array("ab1cd".utf8), with: scanner, piece: 1 << 20)
    #expect(scanner.exhausted == nil)
    #expect(found.count == 2)
  }
}
