import SluiceCore
import SluiceExtract
import Testing

@Suite struct SpineTests {
  static let secret = "the wallet words are hidden here"

  @Test("A list in an archive in a mail is read, and its path names every container")
  func spine() throws {
    let mail = try Tool.python(
      """
      import io, sys, zipfile, email.message
      data = io.BytesIO()
      with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as z:
          z.writestr("wallets.txt", "\(Self.secret)")
      m = email.message.EmailMessage()
      m["Subject"] = "An offer for J\\u00fcrgen"
      m["From"] = "a@example.org"
      m["To"] = "b@example.org"
      m.set_content("See what is attached.")
      m.add_attachment(data.getvalue(), maintype="application", subtype="octet-stream", filename="list.zip")
      sys.stdout.buffer.write(m.as_bytes())
      """)
    let opened = try Opened.read(mail, name: "offer.eml")
    #expect(opened.places(of: Self.secret) == ["offer.eml > part 2: list.zip > wallets.txt"])
    #expect(opened.places(of: "for Jürgen", .subject) == ["offer.eml > subject"])
    #expect(opened.places(of: "See what is attached.") == ["offer.eml > part 1"])
    #expect(opened.summary.unexamined == [])
  }
}
