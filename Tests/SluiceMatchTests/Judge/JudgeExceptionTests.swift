import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeExceptionTests {
  private static let manifest = """
    exceptions:
      - id: warning
        why: A warning of fraud is no fraud.
        patterns: {w: 'beware of|scammers wrote'}
        tests: {match: ['Beware of scams']}
    """

  private func fixture(
    _ severity: String = "high", patterns: [String: String] = ["p": "release fee"],
    condition: String? = nil, more: String = ""
  ) throws -> JudgeFixture {
    try JudgeFixture(
      rules: JudgeFixture.rule(
        "r", severity: severity, patterns: patterns, condition: condition,
        more: "except: [warning]\n" + more),
      manifest: Self.manifest)
  }

  @Test("An exception in the sentence lowers by one step and never more")
  func lowers() throws {
    let decision = try fixture().examine("Beware of the release fee.")
    #expect(decision.findings.map(\.severity) == [.medium])
    #expect(decision.findings.map(\.score) == [40])
    #expect(decision.findings.first?.loweredBy == ["warning"])
    #expect(decision.verdict == .annotate)
  }

  @Test(
    "An exception in another sentence changes nothing",
    arguments: [
      "Beware of scams. Pay the release fee.", "Pay the release fee. Beware of scams.",
      "Beware of scams\n\nPay the release fee.", "Beware of scams! Pay the release fee",
      "小心。Beware of scams。release fee",
    ])
  func elsewhere(text: String) throws {
    #expect(try fixture().examine(text).findings.map(\.score) == [70])
  }

  @Test("How a text is cut into pieces changes nothing", arguments: [nil, 1, 64, 5000])
  func pieces(size: Int?) throws {
    let rest = String(repeating: "and on ", count: 250)
    let fixture = try fixture()
    let near =
      "Pay the release fee \(rest)as the scammers wrote. " + String(repeating: rest, count: 9)
    #expect(try fixture.examine(near, pieces: size).findings.map(\.score) == [40])
    let apart = "Pay the release fee \(rest)now. As the scammers wrote " + rest
    #expect(try fixture.examine(apart, pieces: size).findings.map(\.score) == [70])
  }

  @Test("A line break inside a sentence does not end it")
  func broken() throws {
    let text = "Beware of anyone who\r\nasks for a release fee."
    #expect(try fixture().examine(text).findings.map(\.score) == [40])
  }

  @Test(
    "The sentence that quotes reaches all of its quotation",
    arguments: [
      "The scammers wrote: \"You have won. Pay the release fee. Do it now.\" It is a lie.",
      "The scammers wrote: “You have won. Pay the release fee. Do it now.” It is a lie.",
    ])
  func quotation(text: String) throws {
    #expect(try fixture().examine(text).findings.map(\.score) == [40])
  }

  @Test("A finding that also stands without the exception is not lowered")
  func stands() throws {
    let fixture = try fixture()
    let decision = try fixture.examine("Beware of the release fee. Now pay the release fee.")
    #expect(decision.findings.map(\.score) == [70])
    #expect(try fixture.explanation().lowerings.map(\.refusal) == [.elsewhere])
  }

  @Test(
    "A payment or contact address in the sentence refuses the exception",
    arguments: [
      "win@example.com", "https://pay.example/x", "+44 20 7946 0958", "@pay_desk",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "GB82 WEST 1234 5698 7654 32",
      "4111 1111 1111 1111", "secure-pay.top",
    ])
  func address(address: String) throws {
    let fixture = try fixture()
    let decision = try fixture.examine("Beware of the release fee, send it to \(address) now.")
    #expect(decision.findings.map(\.score) == [70])
    #expect(try fixture.explanation().lowerings.map(\.refusal) == [.address])
  }

  @Test(
    "A date, a sum or an abbreviation is no address",
    arguments: [
      "on 2026-03-01", "of 1,250.00 dollars", "e.g. today", "in 2025",
    ])
  func noAddress(words: String) throws {
    let decision = try fixture().examine("Beware of the release fee \(words), says the bank.")
    #expect(decision.findings.map(\.score) == [40])
  }

  @Test("A finding that stands on a checked value is never lowered")
  func validated() throws {
    let fixture = try fixture(patterns: [
      "p": #"{regex: '\b\d{16}\b', validator: luhn}"#
    ])
    let decision = try fixture.examine("Beware of 4111111111111111 here.")
    #expect(decision.findings.map(\.score) == [70])
    #expect(try fixture.explanation().lowerings.map(\.refusal) == [.validated])
  }

  @Test(
    "Pasting an exception never takes a high or critical rule below annotate",
    arguments: [
      "high", "critical",
    ])
  func pasting(severity: String) throws {
    let fixture = try fixture(severity, more: severity == "high" ? "score: 50" : "")
    for text in ["Beware of scams release fee", "release fee beware of scams"] {
      #expect(try fixture.examine(text).verdict >= .annotate)
    }
  }

  @Test("The lowest severity stays")
  func lowest() throws {
    let decision = try fixture("low").examine("Beware of the release fee.")
    #expect(decision.findings.map(\.score) == [20])
  }
}
