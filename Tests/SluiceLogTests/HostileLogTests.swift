import SluiceCore
import Testing

@testable import SluiceLog

/// Logs that nobody but an attacker, a bad disk or a fuzzer makes.
@Suite struct HostileLogTests {
  /// A line with a frame, and between its members what is given.
  private static func line(_ seq: Int, _ more: String = "") -> String {
    "{\"seq\":\(seq),\"time\":\"2026-09-21T14:13:20.000000Z\",\"event\":\"stopped\",\(more)"
      + "\"prev\":\"\(String(repeating: "0", count: 64))\"}\n"
  }

  /// What has a frame and is no JSON.
  private static func broken(_ seq: Int) -> String { line(seq, "\"a\":b,") }

  @Test(
    "A reader comes to its end however broken the lines of two files are",
    arguments: [
      // The second file begins beyond the line that is wanted.
      ("nothing\n" + line(2) + "nothing\n", broken(4)), ("nothing\n", broken(9) + "nothing\n"),
      (line(1) + broken(2), broken(2) + broken(3)), (broken(1), line(1) + broken(5)),
    ])
  func readsToTheEnd(earlier: String, later: String) throws {
    let test = TestLog()
    test.temporary.write("log/actions-0000000000000001.jsonl", earlier)
    test.temporary.write("log/actions.jsonl", later)
    let reader = try LogReader(test.directory)
    for _ in 0..<20 {
      do throws(LogError) {
        guard try reader.next() != nil else { return }
      } catch {
        #expect(error.code == .broken)
      }
    }
    Issue.record("it comes to no end")
  }
}
