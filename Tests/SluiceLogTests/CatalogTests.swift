import Glibc
import SluiceCore
import Testing

@testable import SluiceLog

/// Events in the code, in docs/log.md and in docs/log.schema.json are the same, and real lines fit.
@Suite struct CatalogTests {
  private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  private func document(_ name: String) throws -> [UInt8] {
    try #require(try LogDirectory.read(Self.root + "/docs/" + name))
  }

  @Test("docs/log.md names every event and every member")
  func documented() throws {
    let text = String(decoding: try document("log.md"), as: UTF8.self)
    for entry in EventCatalog.entries {
      #expect(text.contains("`\(entry.event.rawValue)`"), "\(entry.event.rawValue)")
      for member in entry.members {
        #expect(text.contains("`\(member)`"), "\(entry.event.rawValue): \(member)")
      }
    }
  }

  @Test("docs/log.schema.json has the same events and members")
  func schema() throws {
    let schema = try JSON(parsing: document("log.schema.json"))
    guard case .object(let properties)? = schema["properties"],
      case .array(let events)? = schema["properties"]?["event"]?["enum"]
    else {
      Issue.record("no properties")
      return
    }
    #expect(events.compactMap(\.text) == EventCatalog.entries.map(\.event.rawValue))
    let known = Set(EventCatalog.entries.flatMap(\.members)).union(["seq", "time", "event", "prev"])
    let described = Set(properties.map(\.key))
    #expect(known.isSubset(of: described), "\(known.subtracting(described))")
    #expect(described.filter { !$0.hasSuffix("_sealed") }.allSatisfy(known.contains))
  }

  @Test("Real lines hold only members of their event, in its order, of the schema's types")
  func realLines() throws {
    let properties = try #require(JSON(parsing: document("log.schema.json"))["properties"])
    for sealed in [false, true] {
      let test = TestLog()
      let log = try test.open(test.options(sealNames: sealed))
      try log.append(Samples.decisions)
      try log.append([TestLog.record(5)].map { LogRecord($0.event, [$0.members[0]]) })
      try log.close()
      let reader = try LogReader(test.directory, resolves: false)
      while let entry = try reader.next() {
        guard case .object(let members) = entry.json else { continue }
        let known = try #require(EventCatalog.entries.first { $0.event == entry.event })
        let keys = members.map(\.key)
        let order = ["seq", "time", "event"] + known.members + ["prev"]
        let places = keys.compactMap { key in
          order.firstIndex(of: key.hasSuffix("_sealed") ? String(key.dropLast(7)) : key)
        }
        #expect(places.count == keys.count && places == places.sorted(), "\(keys)")
        for member in members {
          #expect(Samples.fits(member.value, try #require(properties[member.key])), "\(member.key)")
        }
      }
    }
  }

  @Test("The lines of shell in docs/log.md hold the chain, and break on a change")
  func shell() throws {
    let text = String(decoding: try document("log.md"), as: UTF8.self)
    let start = try #require(text.firstRange(of: "```bash\n")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "```\n")?.lowerBound)
    let test = TestLog()
    let log = try test.open(test.options(rotateBytes: 1000))
    try log.append(Samples.decisions)
    try log.commit()
    try log.append([TestLog.record(2), TestLog.record(3)])
    try log.close()
    let script = test.temporary.write("check", String(text[start..<end]))
    let command = "cd \(test.directory) && bash \(script) > ../out 2>&1"
    #expect(system(command) == 0)
    #expect(String(decoding: test.read("../out"), as: UTF8.self).hasSuffix("the chain holds\n"))
    var bytes = test.read()
    bytes[20] ^= 1
    test.write(bytes)
    #expect(system(command) != 0)
  }

  @Test("A decision comes back from its line as it was, a name that is no UTF-8 included")
  func roundTrip() throws {
    let test = TestLog()
    let log = try test.open()
    try log.append(Samples.decisions)
    try log.close()
    let records = try test.entries().compactMap(\.decision)
    #expect(records.map(\.verdict) == [.quarantine, .pass])
    #expect(records.map(\.name) == [Array("a \"b\"\n/ü.txt".utf8), [0x61, 0xFF]])
    #expect(records[0].inode == .max && records[0].sha256 == Samples.digest)
    #expect(records[0].destination == "quarantine" && records[0].scores == ["fraud": 90])
    #expect(records[0].mode == 0o640 && records[0].modified == 1_700_000_000_123_456_789)
    #expect(records[1].destinationName == [0x61, 0xFF] && records[1].policy == "mail")
    let line = String(decoding: lines(test.read())[1], as: UTF8.self)
    #expect(line.contains("\"excerpt\":\"4…1 (16 characters, digits)\""))
    #expect(!line.contains("4111111111111111"))
  }

  @Test("Excerpts are masked to ends, length and kinds; short ones show no end")
  func masking() {
    #expect(Masking.masked.apply("secret key 7") == "s…7 (12 characters, letters, digits, spaces)")
    #expect(Masking.masked.apply("12345") == "… (5 characters, digits)")
    #expect(Masking.masked.apply("") == "… (empty)")
    #expect(Masking.full.apply("x") == "x" && Masking.none.apply("x") == nil)
  }
}
