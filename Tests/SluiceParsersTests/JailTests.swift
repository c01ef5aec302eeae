import SluiceExtract
import Testing

@Suite struct JailTests {
  /// What the child is made to try once its jail is closed.
  static let deeds = [
    "open", "folder", "self", "write", "device", "null", "socket", "internet", "process",
    "program", "executable", "protect", "signal", "trace",
  ]

  @Test(
    "From inside the jail nothing can be opened, connected, started or made executable",
    arguments: deeds)
  func closed(_ deed: String) throws {
    let (status, _) = try Tool.run([try Tool.program("sluice-extract"), "--try", deed])
    // Refused with an error, or ended by the kernel for the call itself.
    #expect(status == 0 || status == 256 + 31, "\(deed) ended with \(status)")
  }

  @Test("An unknown deed is told, so that the test above can fail")
  func unknown() throws {
    let (status, _) = try Tool.run([try Tool.program("sluice-extract"), "--try", "nothing"])
    #expect(status == 255)
  }

  @Test("The child says that all of its jail is closed, and which decoders it has")
  func greeting() throws {
    let client = ParserClient(options: try Tool.parsers, limits: ExtractLimits())
    let hello = try client.greeting()
    #expect(hello.confinement == .all && hello.trouble.isEmpty)
    #expect(hello.decoders.count >= 6)
  }
}
