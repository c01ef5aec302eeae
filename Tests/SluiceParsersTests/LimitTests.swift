import SluiceCore
import SluiceExtract
import Testing

/// Every limit, hit by a file that is made to hit it: what was read before it counts, and the item
/// is never clean.
@Suite struct LimitTests {
  static let sentence = "the words before the limit"

  private func zip(_ program: String) throws -> [UInt8] {
    try Tool.python(
      """
      import sys, io, zipfile
      s = "\(Self.sentence)"
      def zipped(members):
          out = io.BytesIO()
          with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
              for name, data in members: z.writestr(name, data)
          return out.getvalue()
      \(program)
      sys.stdout.buffer.write(data)
      """)
  }

  private func limits(_ change: (inout ExtractLimits) -> Void) -> ExtractLimits {
    var limits = ExtractLimits()
    change(&limits)
    return limits
  }

  @Test("An archive that comes to more bytes than allowed is read up to there")
  func expanded() throws {
    let bomb = try zip("data = zipped([('a.txt', s), ('b.bin', bytes(4 << 20))])")
    let opened = try Opened.read(bomb, name: "a.zip", limits: limits { $0.expandedBytes = 1 << 20 })
    #expect(opened.places(of: Self.sentence) == ["a.zip > a.txt"])
    #expect(opened.limits == [.expandedBytes])
  }

  @Test("A bomb is stopped by its ratio")
  func ratio() throws {
    let bomb = try zip("data = zipped([('a.txt', s), ('b.bin', bytes(64 << 20))])")
    let opened = try Opened.read(bomb, name: "a.zip")
    #expect(opened.places(of: Self.sentence) == ["a.zip > a.txt"])
    #expect(opened.limits == [.ratio])
  }

  @Test("A bomb in a bomb is stopped by the same count")
  func nestedBomb() throws {
    let bomb = try zip(
      """
      data = zipped([('b.bin', bytes(16 << 20))])
      for level in range(4): data = zipped([('%d-%d.zip' % (level, n), data) for n in range(8)])
      """)
    #expect(try Opened.read(bomb, name: "a.zip").limits == [.ratio])
  }

  @Test("Entries that overlap are stopped as if each were there")
  func overlapping() throws {
    let bomb = try zip(
      """
      import struct
      count = 300; tail = bytes(200000); places = []; body = b''
      size = count * 36 + len(tail)
      for n in range(count):
          places.append(len(body)); left = size - len(body) - 36
          body += struct.pack('<IHHHHHIIIHH', 0x04034b50, 20, 0, 0, 0, 0, 0, left, left, 6, 0) + b'%06d' % n
      body += tail
      entries = b''.join(struct.pack('<IHHHHHHIIIHHHHHII', 0x02014b50, 20, 20, 0, 0, 0, 0, 0,
          size - p - 36, size - p - 36, 6, 0, 0, 0, 0, 0, p) + b'%06d' % n for n, p in enumerate(places))
      data = body + entries + struct.pack('<IHHHHIIH', 0x06054b50, 0, 0, count, count, len(entries), len(body), 0)
      """)
    let opened = try Opened.read(bomb, name: "a.zip")
    #expect(opened.limits == [.ratio], "\(opened.summary.unexamined)")
  }

  @Test("More members than allowed are a limit of their own")
  func members() throws {
    let many = try zip("data = zipped([('%d.txt' % n, s) for n in range(60)])")
    let opened = try Opened.read(many, name: "a.zip", limits: limits { $0.members = 20 })
    #expect(opened.places(of: Self.sentence).count == 20)
    #expect(opened.limits == [.members])
  }

  @Test("Containers are opened to the depth that is allowed")
  func depth() throws {
    let nested = try zip(
      "data = zipped([('a.txt', s)])\nfor n in range(9): data = zipped([('in.zip', data), ('b.txt', s)])"
    )
    let opened = try Opened.read(nested, name: "a.zip", limits: limits { $0.depth = 4 })
    #expect(opened.places(of: Self.sentence).count == 4)
    #expect(opened.limits == [.depth])
  }

  @Test("Of a part that is too long the beginning is read")
  func part() throws {
    let long = try zip("data = zipped([('a.txt', s + 'x' * 200000), ('b.txt', s)])")
    let opened = try Opened.read(long, name: "a.zip", limits: limits { $0.partBytes = 1 << 16 })
    #expect(opened.places(of: Self.sentence) == ["a.zip > a.txt", "a.zip > b.txt"])
    #expect(opened.limits == [.partBytes])
  }

  @Test("A long page is read as plain text as well")
  func document() throws {
    let page = Array(
      "<html><body>\(String(repeating: "<p>x</p>", count: 20000)) \(Self.sentence)".utf8)
    let opened = try Opened.read(
      page, name: "a.html", limits: limits { $0.documentBytes = 1 << 16 })
    #expect(!opened.places(of: Self.sentence).isEmpty)
    #expect(opened.limits == [.documentBytes])
  }

  @Test("A gzip file without end is stopped")
  func endlessGzip() throws {
    let gzip = try Tool.python(
      "import sys, gzip; sys.stdout.buffer.write(gzip.compress(bytes(1 << 20)) * 400)")
    #expect(try Opened.read(gzip, name: "a.gz").limits == [.ratio])
  }

  /// The method of Russ Cox, "Zip Files All The Way Down": blocks that are copied as they stand (L)
  /// and blocks that repeat what came before (R), so arranged that they give themselves.
  @Test("A gzip file that unpacks to itself is stopped")
  func quine() throws {
    let quine = try Tool.python(
      """
      import struct, sys, zlib
      def L(n): return bytes([0]) + struct.pack("<HH", n, n ^ 0xFFFF)
      def R(n):
          bits = [0, 1, 0]
          for length in (n // 2, n - n // 2):
              bits += [length - 2 >> i & 1 for i in reversed(range(7))] + [0, 1, 0, 0, 0]
              bits += [n - 17 >> i & 1 for i in range(3)]
          bits += [0] * 7
          return bytes(sum(bits[i + j] << j for j in range(8)) for i in range(0, 40, 8))
      P = b"\\x1f\\x8b\\x08\\x08\\0\\0\\0\\0\\0\\x03r.gz\\0"; p = len(P) + 5; s = 18
      def made(size):
          S = b"\\x01\\0\\0\\xff\\xff" + struct.pack("<II", 0, size)
          return b"".join([P, L(p), P, L(p), R(p), L(5), R(p), L(5), L(5), L(20), R(p), L(5), L(5), L(20)]
              + [R(20), L(20)] * 4 + [R(20), L(0), L(0), L(s)] * 2 + [R(s), S] * 2)
      quine = made(len(made(0)))
      assert zlib.decompress(quine[15:], -15) == quine
      sys.stdout.buffer.write(quine)
      """)
    #expect(try Opened.read(quine, name: "r.gz").limits == [.depth])
  }

  @Test("A zip archive of a million members is read to the limit")
  func million() throws {
    let many = try Tool.python(
      """
      import struct, sys
      n = 1000000
      local = struct.Struct("<IHHHHHIIIHH7s"); entry = struct.Struct("<IHHHHHHIIIHHHHHII7s")
      body = b"".join(local.pack(0x04034b50, 20, 0, 0, 0, 0, 0, 0, 0, 7, 0, b"%07d" % i) for i in range(n))
      list = b"".join(entry.pack(0x02014b50, 20, 20, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, i * 37,
          b"%07d" % i) for i in range(n))
      end = struct.pack("<IQHHIIQQQQ", 0x06064b50, 44, 45, 45, 0, 0, n, n, len(list), len(body))
      end += struct.pack("<IIQI", 0x07064b50, 0, len(body) + len(list), 1)
      end += struct.pack("<IHHHHIIH", 0x06054b50, 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)
      sys.stdout.buffer.write(body + list + end)
      """)
    let opened = try Opened.read(many, name: "a.zip", limits: limits { $0.members = 2000 })
    #expect(opened.limits == [.members] && opened.causes == [.limit])
    #expect(opened.documents.count == 2001)
  }

  private func pdf(pages: String, _ count: Int) -> [UInt8] {
    Array(
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[\(pages)]/Count \(count)>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj
      4 0 obj<</Length 0>>stream

      endstream endobj
      trailer<</Root 1 0 R>>

      """.utf8)
  }

  @Test("A PDF document of very many pages is read to the limit")
  func pages() throws {
    let text = (0..<3000).map {
      "\($0 + 6) 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\n"
    }.joined()
    let pages = (0..<3000).map { "\($0 + 6) 0 R" }.joined(separator: " ")
    let many =
      pdf(pages: pages, 3000).dropLast(24) + Array((text + "trailer<</Root 1 0 R>>\n").utf8)
    let opened = try Opened.read(
      Array(many), name: "a.pdf", limits: limits { $0.members = 1000 })
    #expect(opened.limits == [.members] && opened.causes == [.limit])
  }

  @Test("A PDF document whose pages cannot be read is held", arguments: [1, 2_000_000_000])
  func noPages(_ count: Int) throws {
    let opened = try Opened.read(pdf(pages: "2 0 R", count), name: "a.pdf")
    #expect(opened.causes.contains(.damaged), "\(opened.summary.unexamined)")
  }

  @Test("Parts of mail inside one another are opened to a depth")
  func deepMail() throws {
    let deep = try Tool.python(
      """
      import sys
      text = "From: a@example.org\\nTo: b@example.org\\nMIME-Version: 1.0\\n"
      for n in range(300):
          text += 'Content-Type: multipart/mixed; boundary="b%d"\\n\\n--b%d\\n' % (n, n)
      sys.stdout.write(text + "\\nthe innermost\\n")
      """)
    #expect(try Opened.read(deep, name: "a.eml").limits.contains(.depth))
    let nested = try Tool.python(
      """
      import sys
      head = "From: a@example.org\\nTo: b@example.org\\nMIME-Version: 1.0\\n"
      sys.stdout.write((head + "Content-Type: message/rfc822\\n\\n") * 60 + head + "\\nthe innermost\\n")
      """)
    #expect(try Opened.read(nested, name: "a.eml").limits.contains(.depth))
  }

  @Test("Entities that multiply are stopped")
  func entities() throws {
    var text = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e0 'laugh out loud '>"
    for level in 1...12 {
      text += "<!ENTITY e\(level) '\(String(repeating: "&e\(level - 1);", count: 10))'>"
    }
    text += "]><a>&e12;</a>"
    let opened = try Opened.read(Array(text.utf8), name: "a.xml")
    #expect(opened.limits == [.ratio])
  }

  @Test("An item that takes too long is held for that")
  func time() throws {
    let many = try zip("data = zipped([('%d.txt' % n, s * 50) for n in range(9000)])")
    let opened = try Opened.read(many, name: "a.zip", limits: limits { $0.milliseconds = 1 })
    #expect(opened.causes == [.time])
  }

  @Test("A damaged archive gives what can be read before the damage")
  func damaged() throws {
    let tar = try Tool.python(
      """
      import sys, io, tarfile
      out = io.BytesIO()
      with tarfile.open(fileobj=out, mode="w:gz") as t:
          for name, data in (("a.txt", b"\(Self.sentence)"), ("b.bin", __import__("os").urandom(400000))):
              info = tarfile.TarInfo(name); info.size = len(data); t.addfile(info, io.BytesIO(data))
      sys.stdout.buffer.write(out.getvalue()[:-40000])
      """)
    let opened = try Opened.read(tar, name: "a.tar.gz")
    #expect(opened.places(of: Self.sentence) == ["a.tar.gz > a.txt"])
    #expect(opened.causes.contains(.damaged))
  }

  @Test("Encrypted members are named one by one, the others are read")
  func encrypted() throws {
    let bytes = try Tool.python(
      """
      import sys, os, tempfile, subprocess
      os.chdir(tempfile.mkdtemp())
      open("a.txt", "w").write("\(Self.sentence)"); open("b.txt", "w").write("\(Self.sentence)")
      run = lambda *a: subprocess.run(["7zz", "a", "-bso0", "-bsp0", "-tzip", "x.zip", *a], check=True)
      run("-psecret", "b.txt"); run("a.txt")
      sys.stdout.buffer.write(open("x.zip", "rb").read())
      """)
    let opened = try Opened.read(bytes, name: "x.zip")
    #expect(opened.places(of: Self.sentence) == ["x.zip > a.txt"])
    #expect(opened.summary.unexamined.map(\.segment) == ["x.zip > b.txt"])
    #expect(opened.causes == [.encrypted])
  }

  @Test("A name that lies is a signal inside an archive too")
  func names() throws {
    let opened = try Opened.read(
      try zip("data = zipped([('photo.jpg', b'MZ' + bytes(300))])"), name: "a.zip")
    #expect(opened.signals.contains(.nameLies))
  }
}
