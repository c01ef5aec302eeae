import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceLog

@Suite struct InclusionTests {
  @Test("Every line of logs of many sizes can be proven, and nothing else")
  func proofs() throws {
    for size in [2, 3, 4, 7, 8, 13] {
      let test = TestLog()
      try test.fill(lines: size)
      let keys = try LogVerifier.keys(inFile: test.keys + "/log.pub")
      for seq in 1...size {
        let proof = try LogProver.proof(of: seq, in: test.directory, keys: keys)
        #expect(proof.isRight(keys: keys))
        #expect(InclusionProof(parsing: Array(proof.rendered.utf8)) == proof)
        var other = proof
        other.line[20] ^= 1
        #expect(!other.isRight(keys: keys))
        other = proof
        other.index ^= 1
        #expect(!other.isRight(keys: keys))
        other = proof
        other.path.append([UInt8](repeating: 0, count: 32))
        #expect(!other.isRight(keys: keys))
        #expect(!proof.isRight(keys: [LogKey(name: "test.example/sluice").verifier]))
      }
      #expect(throws: LogError.self) {
        try LogProver.proof(of: size + 1, in: test.directory, keys: keys)
      }
    }
  }

  @Test("A line can be proven after the files before it were removed")
  func afterRetention() throws {
    let test = TestLog()
    let log = try test.open(test.options(rotateBytes: 1500))
    for number in 1...30 {
      try log.append([TestLog.record(number)])
      try log.commit()
    }
    let late = Timestamp(microseconds: 1_900_000_000_000_000)
    #expect(!(try log.removeRotated(before: late, neededFrom: 20).isEmpty))
    try log.close()
    let keys = try LogVerifier.keys(inFile: test.keys + "/log.pub")
    for entry in try test.entries() {
      let proof = try LogProver.proof(of: entry.seq, in: test.directory, keys: keys)
      #expect(proof.isRight(keys: keys), "\(entry.seq)")
    }
    #expect(throws: LogError.self) { try LogProver.proof(of: 1, in: test.directory) }
  }

  @Test("A reader that waits sees new lines, also in the next file")
  func following() throws {
    let test = TestLog()
    let log = try test.open()
    let watch = try LogWatch(test.directory)
    let reader = try LogReader(test.directory)
    #expect(try reader.next()?.event == .logCreated)
    #expect(try reader.next() == nil)
    #expect(!watch.wait(milliseconds: 0))
    try log.append([TestLog.record(2)])
    try log.commit()
    #expect(watch.wait(milliseconds: 1000))
    #expect(try reader.next()?.seq == 2)
    try log.rotate()
    try log.append([TestLog.record(3), TestLog.record(4)])
    try log.commit()
    try log.rotate()
    #expect(watch.wait(milliseconds: 1000))
    #expect(try reader.next()?.seq == 3)
    #expect(try reader.next()?.seq == 4)
    #expect(try reader.next() == nil)
    try log.append([TestLog.record(5)])
    try log.close()
    #expect(try reader.next()?.seq == 5)
  }
}
