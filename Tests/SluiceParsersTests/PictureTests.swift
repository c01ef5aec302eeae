import Glibc
import SluiceExtract
import SluiceTestSupport
import Testing

@Suite struct PictureTests {
  static let sentence = "the wallet words are amber boat cactus"

  private func extractor(_ pictures: PictureReading) throws -> Extractor {
    var options = try Tool.parsers
    options.pictures = pictures
    return Extractor(parsers: options)
  }

  private func code() throws -> [UInt8] {
    let (status, bytes) = try Tool.run(["qrencode", "-o", "-", Self.sentence])
    try #require(status == 0)
    return bytes
  }

  /// A page as a picture, with the sentence as dots only.
  private func scan() throws -> [UInt8] {
    let directory = TemporaryDirectory()
    let stream = "BT /F1 18 Tf 20 60 Td (\(Self.sentence)) Tj ET"
    let page = directory.write(
      "page.pdf",
      """
      %PDF-1.4
      1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
      2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
      3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 100]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
      4 0 obj<</Length \(stream.utf8.count)>>stream
      \(stream)
      endstream endobj
      5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
      trailer<</Root 1 0 R>>

      """)
    let (status, bytes) = try Tool.run(["pdftoppm", "-png", "-r", "150", page])
    try #require(status == 0)
    return bytes
  }

  @Test("Text and codes in pictures are read where that is switched on")
  func read() throws {
    let all = try extractor(.all)
    let scanned = try Opened.read(scan(), name: "scan.png", with: all)
    #expect(scanned.places(of: Self.sentence) == ["scan.png > text in the picture"])
    #expect(scanned.causes == [] && scanned.summary.examined == .text)
    let coded = try Opened.read(code(), name: "code.png", with: all)
    #expect(coded.places(of: Self.sentence) == ["code.png > codes in the picture"])
  }

  @Test("Nothing is read in pictures that is not switched on")
  func off() throws {
    let opened = try Opened.read(scan(), name: "scan.png", with: extractor(.codes))
    #expect(opened.places(of: Self.sentence) == [])
    let unread = try Opened.read(code(), name: "code.png", with: extractor(.off))
    #expect(unread.places(of: Self.sentence) == [] && unread.summary.examined == .metadata)
  }

  @Test("A picture that cannot be decoded is held once pictures are read")
  func damaged() throws {
    let opened = try Opened.read(
      Array(try code().prefix(120)), name: "code.png", with: extractor(.all))
    #expect(opened.causes == [.damaged])
  }

  @Test("A decoder that is asked for and not there is an error at the start")
  func missing() throws {
    let directory = TemporaryDirectory()
    // A child that greets without one.
    let program = directory.write(
      "child",
      """
      #!/usr/bin/python3
      import socket, struct, time
      s = socket.socket(fileno=3)
      body = struct.pack("<qBIq", 1, 15, 0, 0)
      s.sendall(struct.pack("<IB", len(body) + 1, 1) + body)
      time.sleep(30)
      """)
    chmod(program, 0o755)
    let client = ParserClient(
      options: .init(program: program, pictures: .text), limits: ExtractLimits())
    #expect(throws: ReadFailure.self) { try client.greeting() }
  }
}
