import SluiceCore
import SluiceRules
import Testing

@testable import SluiceMatch

@Suite struct JudgeShippedPacksTests {
  @Test("The shipped packs compile and their embedded tests hold")
  func shipped() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let reading = PackReader.read(["/\(root)/Rules"], options: .init(now: Clock.system.now()))
    let faults = reading.diagnostics.filter { $0.severity == .error }.map { $0.rendered }
    #expect(faults == [])
    let compilation = Matcher.compile(reading.ruleSet)
    let found = compilation.diagnostics.map { $0.rendered }
    #expect(found == [])
    #expect(compilation.matcher != nil)
  }
}
