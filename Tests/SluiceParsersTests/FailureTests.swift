import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceExtract

/// Children that crash, hang or lie.
@Suite struct FailureTests {
  /// A program that greets as a child does, waits for a request, and then misbehaves.
  private func child(_ deed: String, in directory: TemporaryDirectory) -> ParserClient.Options {
    let path = directory.write(
      "child",
      """
      #!/usr/bin/python3
      import socket, struct, time, os, array
      s = socket.socket(fileno=3)
      def text(t): return struct.pack("<I", len(t)) + t
      def frame(kind, body=b""): s.sendall(struct.pack("<IB", len(body) + 1, kind) + body)
      frame(1, struct.pack("<qB", 1, 15) + text(b"") + struct.pack("<q", 0))
      data, rights, _, _ = s.recvmsg(65536, 64)
      number = struct.unpack_from("<q", data, 4)[0]
      def done(n): frame(9, struct.pack("<q", n) + text(b"text") + struct.pack("<qB", 0, 0))
      \(deed)
      time.sleep(30)
      """)
    chmod(path, 0o755)
    return ParserClient.Options(program: path)
  }

  static let deeds: [(String, Unexamined.Cause)] = [
    ("os._exit(3)", .engineCrash),
    ("os.kill(os.getpid(), 11)", .engineCrash),
    ("s.sendall(b'\\xff' * 64)", .engineCrash),
    ("frame(99)", .engineCrash),
    ("frame(4, struct.pack('<B', 1) + text(b'text outside a segment'))", .engineCrash),
    ("frame(3, text(b'body') + text(b'a') + text(b'') + b'more')", .engineCrash),
    (
      "frame(3, text(b'body') + text(b'a') + text(b'')); frame(4, b'\\1' + text(b'\\xff\\xfe'))",
      .engineCrash
    ),
    ("frame(3, text(b'body') + text(b'\\xff') + text(b''))", .engineCrash),
    ("frame(3, text(b'no such part') + text(b'a') + text(b''))", .engineCrash),
    ("done(number + 1)", .engineCrash),
    ("s.sendall(struct.pack('<I', 1 << 30))", .engineCrash),
    ("pass", .time),
  ]

  @Test(
    "A child that crashes, hangs or lies is ended, and its item has the reason", arguments: deeds)
  func fails(_ deed: String, _ cause: Unexamined.Cause) throws {
    let directory = TemporaryDirectory()
    var limits = ExtractLimits()
    limits.milliseconds = 1
    let extractor = Extractor(limits: limits, parsers: child(deed, in: directory))
    let opened = try Opened.read(
      Array("PK\u{3}\u{4}zip".utf8) + [0, 1, 2], name: "a.zip", with: extractor)
    #expect(opened.causes == [cause], "\(deed): \(opened.summary.unexamined)")
    #expect(opened.summary.extractorFailed)
    #expect(extractor.client?.pid == nil)
  }

  @Test("What a child calls its parts cannot leave the item or move a terminal")
  func paths() throws {
    let directory = TemporaryDirectory()
    let deed = """
      frame(2, text(b'x\\x1b[2J')); frame(3, text(b'body') + text(b'../../other') + text(b''))
      frame(4, b'\\1' + text(b'hello')); frame(5); done(number)
      """
    let extractor = Extractor(parsers: child(deed, in: directory))
    let opened = try Opened.read(
      Array("PK\u{3}\u{4}zip".utf8) + [0, 1, 2], name: "a.zip", with: extractor)
    #expect(opened.causes == [])
    #expect(opened.documents == ["a.zip", "a.zip > x\\u{1b}[2J"])
    #expect(opened.places(of: "hello") == ["a.zip > ../../other"])
  }

  @Test("A child that does not start is nobody's fault but the system's")
  func missing() {
    let extractor = Extractor(parsers: .init(program: "/nonexistent/sluice-extract"))
    do {
      _ = try Opened.read(Array("PK\u{3}\u{4}zip".utf8) + [0], name: "a.zip", with: extractor)
      Issue.record("it was read")
    } catch let error as ReadFailure {
      #expect(!error.isItemFault)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("Children killed again and again under load lose nothing and pass nothing unexamined")
  func killed() throws {
    let directory = TemporaryDirectory()
    let bytes = try Tool.python(
      """
      import sys, io, zipfile
      out = io.BytesIO()
      with zipfile.ZipFile(out, "w") as z:
          for n in range(60): z.writestr("%d.txt" % n, "nothing in here " * 100)
          z.writestr("last.txt", "the last words")
      sys.stdout.buffer.write(out.getvalue())
      """)
    _ = directory
    let extractor = Extractor(parsers: try Tool.parsers)
    let client = try #require(extractor.client)
    var (whole, failed) = (0, 0)
    for round in 0..<16 {
      _ = try client.greeting()
      let pid = try #require(client.pid)
      // Killed at another moment in every round, by another process.
      var killer: pid_t = 0
      if round % 2 == 0 {
        let words: [String] = ["sh", "-c", "sleep 0.0\(round % 8); kill -9 \(pid)"]
        let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        posix_spawnp(&killer, "sh", nil, nil, argv, environ)
        for pointer in argv { free(pointer) }
      }
      let opened = try Opened.read(bytes, name: "a.zip", with: extractor)
      if killer > 0 { waitpid(killer, nil, 0) }
      if opened.summary.extractorFailed {
        failed += 1
        #expect(opened.causes == [.engineCrash])
      } else {
        whole += 1
        #expect(opened.places(of: "the last words") == ["a.zip > last.txt"])
      }
      // Tried again, it is read whole.
      if opened.summary.extractorFailed {
        let again = try Opened.read(bytes, name: "a.zip", with: extractor)
        #expect(again.places(of: "the last words") == ["a.zip > last.txt"] && again.causes == [])
      }
    }
    #expect(whole >= 8, "\(whole) whole, \(failed) failed")
  }
}
