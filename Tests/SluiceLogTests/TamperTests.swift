import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceLog

/// A log of twenty lines, and everything that can be done to it.
@Suite struct TamperTests {
  private let test: TestLog
  private let good: [UInt8]
  private let parts: [[UInt8]]

  init() throws {
    test = TestLog()
    try test.fill(lines: 20)
    good = test.read()
    parts = lines(good)
  }

  private func fault(_ lines: [[UInt8]]) throws -> VerificationReport.Fault? {
    test.write(Array(lines.joined()))
    return try test.verify().fault
  }

  @Test("Every byte that is changed is found, and its line is named")
  func everyByte() throws {
    #expect(parts.count == 20)
    #expect(try fault(parts) == nil)
    var wrong: [String] = []
    var offset = 0
    for (index, line) in parts.enumerated() {
      for byte in line.indices {
        // Another letter or digit; now and then a newline, and a byte that is no UTF-8.
        let values =
          byte % 8 == 0 || line[byte] == 0x0A ? [line[byte] ^ 1, 0x0A, 0xFF] : [line[byte] ^ 1]
        for value in values where value != line[byte] {
          var changed = good
          changed[offset + byte] = value
          test.write(changed)
          let fault = try test.verify().fault
          if fault?.seq != index + 1 {
            wrong.append("line \(index + 1) byte \(byte) -> \(value): \(String(describing: fault))")
          }
        }
      }
      offset += line.count
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5).joined(separator: "\n"))")
  }

  @Test("Every line that is removed is named")
  func removed() throws {
    for index in parts.indices {
      var left = parts
      left.remove(at: index)
      let fault = try #require(try fault(left))
      #expect(fault.seq == index + 1)
      #expect(fault.kind == (index == 19 ? .cutOff : .removed), "\(fault)")
    }
  }

  @Test("Two lines that are swapped are named, neighbours or not")
  func swapped() throws {
    for index in 0..<19 {
      var turned = parts
      turned.swapAt(index, index + 1)
      let fault = try #require(try fault(turned))
      #expect(fault.seq == index + 1 && fault.kind == .swapped, "\(fault)")
      guard index < 15 else { continue }
      turned = parts
      turned.swapAt(index, index + 4)
      #expect(try self.fault(turned)?.seq == index + 1)
    }
  }

  @Test("A line that stands twice is named, right behind or later")
  func doubled() throws {
    for index in parts.indices {
      var more = parts
      more.insert(parts[index], at: index)
      let fault = try #require(try fault(more))
      #expect(fault.seq == index + 1 && fault.kind == .inserted, "\(fault)")
    }
    var more = parts
    more.insert(parts[3], at: 10)
    #expect(try fault(more)?.seq == 11)
  }

  @Test("A line that is put in is named, with a number and digest that fit or not")
  func inserted() throws {
    for index in parts.indices {
      let prev = index == 0 ? LineForm.firstPrev : LineForm.digest(parts[index - 1])
      let forged = LineForm.write(
        LogRecord(.itemPassed), seq: index + 1, time: Timestamp(microseconds: 0), prev: prev)
      var more = parts
      more.insert(forged, at: index)
      let fault = try #require(try fault(more))
      // The last one in its place is told by the signed root, not by a line after it.
      #expect(
        fault.seq == index + 1 && fault.kind == (index == 19 ? .rewritten : .inserted), "\(fault)")
      more[index] = Array("hello\n".utf8)
      #expect(try self.fault(more)?.seq == index + 1)
      #expect(try self.fault(more)?.kind == .inserted)
    }
  }

  @Test("A log that is cut at any byte is found, and the first missing line is named")
  func truncated() throws {
    var offset = 0
    for (index, line) in parts.enumerated() {
      for length in [0, 1, line.count / 2, line.count - 1] {
        test.write(Array(good[..<(offset + length)]))
        let fault = try #require(try test.verify().fault)
        #expect(fault.seq == index + 1)
        #expect(fault.kind == (length == 0 ? .cutOff : .torn))
      }
      offset += line.count
    }
  }

  @Test("A line of another chain is named, and so is a tail of one")
  func otherChain() throws {
    let other = TestLog()
    try other.fill(lines: 30)
    let foreign = lines(other.read())
    for index in 0..<19 {
      var mixed = parts
      mixed[index] = foreign[index]
      #expect(try fault(mixed)?.seq == index + 1)
    }
    // With a checkpoint before it, the place where the other chain begins is certain.
    test.write(good)
    let log = try test.open()
    try log.append((21...30).map(TestLog.record))
    try log.close()
    let more = lines(test.read())
    let fault = try #require(try fault(Array(more[..<20] + foreign[20...])))
    #expect(fault.seq == 21 && fault.kind == .otherChain)
  }

  @Test("A log that is built anew without the key is found")
  func rebuilt() throws {
    for from in [1, 7, 20] {
      var forged = Array(parts[..<(from - 1)])
      for seq in from...20 {
        let prev = forged.last.map(LineForm.digest) ?? LineForm.firstPrev
        forged.append(
          LineForm.write(
            TestLog.record(seq + 100), seq: seq, time: Timestamp(microseconds: 0), prev: prev))
      }
      let fault = try #require(try fault(forged))
      #expect(fault.kind == .rewritten)
    }
    // With checkpoints by a key of one's own as well.
    let other = TestLog()
    try other.fill(lines: 20)
    test.write(other.read())
    test.write(other.read("checkpoints"), "checkpoints")
    #expect(try test.verify().fault?.kind == .checkpoint)
  }

  @Test("A tail cut together with its checkpoint is found by a checkpoint kept elsewhere")
  func keptCheckpoint() throws {
    let before = test.read("checkpoints")
    let log = try test.open()
    try log.append((21...25).map(TestLog.record))
    try log.commit()
    let kept = try #require(try log.checkpoint()).note.rendered
    try log.close()
    let path = test.temporary.write("kept", kept)
    #expect(try test.verify(checkpoint: path).fault == nil)
    test.write(good)
    test.write(before, "checkpoints")
    #expect(try test.verify().fault == nil)
    let fault = try #require(try test.verify(checkpoint: path).fault)
    #expect(fault.seq == 21 && fault.kind == .cutOff)
  }

  @Test("Lines after the last checkpoint are told as unsealed")
  func unsealed() throws {
    let log = try test.open()
    try log.append((21...25).map(TestLog.record))
    try log.commit()
    let report = try test.verify()
    #expect(report.fault == nil && report.sealed == 20 && report.unsealed == 5)
    try log.close()
  }

  @Test("A checkpoint that is changed is found")
  func changedCheckpoint() throws {
    let notes = test.read("checkpoints")
    for index in notes.indices where notes[index] != 0x0A {
      var changed = notes
      changed[index] ^= 1
      test.write(changed, "checkpoints")
      #expect(try test.verify().fault?.kind == .checkpoint, "byte \(index)")
    }
  }
}
