import SluiceCore
import Synchronization
import Testing

@testable import SluiceMatch

@Suite struct EngineFormTests {
  /// Keeps forms in memory and tells what was asked of it.
  private final class Shelf: Sendable {
    let kept = Mutex<[Digest: [UInt8]]>([:])
    let refusals = Mutex(0)
    let writes = Mutex(0)

    func forms(engine: [UInt8] = [1]) -> CompiledForms {
      CompiledForms(
        engine: engine, read: { key in self.kept.withLock { $0[key] } },
        write: { key, form in
          self.kept.withLock { $0[key] = form }
          self.writes.withLock { $0 += 1 }
        }, refused: { _ in self.refusals.withLock { $0 += 1 } })
    }

    var writeCount: Int { writes.withLock { $0 } }
  }

  private static let specs = [
    #"\b(?:red|green) apples?\b"#, #"(?i)café\s{1,3}(?<what>noir|crème)"#, #"[a-f0-9]{32}"#,
    #"(?<![0-9])4[0-9]{15}(?![0-9])"#, #"привет\W{1,3}мир"#, #".[xyz]."#, #"AKIA[0-9A-Z]{16}"#,
  ].enumerated().map { index, source in
    PatternSpec(
      source: source, freeSpacing: false, caseSensitive: index == 6,
      capture: index == 1 ? .name("what") : .number(0))
  }

  private static let text = """
    Red apples, green apple. A café  Crème, CAFÉ noir. 0123456789abcdef0123456789abcdef and
    4111111111111111, Привет, мир! AKIA0123456789ABCDEF akia0123456789abcdef axb
    """

  private final class Collector: MatchReceiver {
    var matches: [RawMatch] = []
    func wants(pattern: Int) -> Bool { true }
    func matched(_ match: RawMatch, context: MatchContext) { matches.append(match) }
  }

  private static func matches(_ program: PatternProgram) -> [RawMatch] {
    let scanner = PatternScanner(program: program)
    let collector = Collector()
    scanner.begin(view: .text)
    Array(text.utf8).withUnsafeBytes { scanner.feed($0, last: true, to: collector) }
    return collector.matches.sorted { ($0.pattern, $0.start) < ($1.pattern, $1.start) }
  }

  @Test("A program that was kept finds what the compiled one finds, and says the same of itself")
  func sameProgram() throws {
    let shelf = Shelf()
    let first = try #require(PatternProgram.compile(Self.specs, forms: shelf.forms()).program)
    let second = try #require(PatternProgram.compile(Self.specs, forms: shelf.forms()).program)
    #expect(shelf.writeCount == 1)
    #expect(shelf.refusals.withLock { $0 } == 0)
    #expect(Self.matches(first) == Self.matches(second))
    #expect(Set(Self.matches(first).map(\.pattern)) == Set(Self.specs.indices))
    #expect(first.facts == second.facts)
    for pattern in Self.specs.indices {
      #expect(first.plan(of: pattern) == second.plan(of: pattern))
    }
  }

  @Test("Another engine, other options and other patterns each have forms of their own")
  func otherKeys() throws {
    let shelf = Shelf()
    _ = PatternProgram.compile(Self.specs, forms: shelf.forms())
    _ = PatternProgram.compile(Self.specs, forms: shelf.forms(engine: [2]))
    _ = PatternProgram.compile(
      Self.specs, options: EngineOptions(maxWidth: 2000), forms: shelf.forms())
    _ = PatternProgram.compile(Self.specs.dropLast(), forms: shelf.forms())
    var sensitive = Self.specs
    sensitive[0].caseSensitive = true
    _ = PatternProgram.compile(sensitive, forms: shelf.forms())
    var views = Self.specs
    views[0].views = .text
    _ = PatternProgram.compile(views, forms: shelf.forms())
    #expect(shelf.writeCount == 6)
  }

  @Test("A form that is cut short, longer, or of other patterns is refused and made anew")
  func badForms() throws {
    let shelf = Shelf()
    let first = try #require(PatternProgram.compile(Self.specs, forms: shelf.forms()).program)
    let (key, form) = try #require(shelf.kept.withLock { $0.first })
    let lengths = [0, 1, 7, 8, 20, form.count / 3, form.count / 2, form.count - 1]
    for length in lengths {
      shelf.kept.withLock { $0[key] = Array(form.prefix(length)) }
      let program = try #require(PatternProgram.compile(Self.specs, forms: shelf.forms()).program)
      #expect(Self.matches(program) == Self.matches(first))
    }
    #expect(PatternProgram.read(form + [0], specs: Self.specs, options: EngineOptions()) == nil)
    #expect(
      PatternProgram.read(form, specs: Self.specs.dropLast(), options: EngineOptions()) == nil)
    #expect(shelf.refusals.withLock { $0 } == lengths.count)
  }

  @Test("Faults of patterns come in the order of the patterns, however many cores look for them")
  func faultsInOrder() {
    let specs = (0..<200).map { index in
      PatternSpec(
        source: index % 3 == 0 ? "a{2,1}" : index % 7 == 0 ? "(?:x*)" : "word\(index)",
        freeSpacing: false, caseSensitive: false)
    }
    let shelf = Shelf()
    let (program, faults) = PatternProgram.compile(specs, forms: shelf.forms())
    #expect(program == nil)
    #expect(faults.map(\.spec) == specs.indices.filter { $0 % 3 == 0 || $0 % 7 == 0 })
    #expect(shelf.writeCount == 0)
  }
}
