import Glibc
import SluiceTestSupport
import Testing

/// Files of every format with one sentence in them, made by Python's own libraries and by the tools
/// of the system.
enum Samples {
  static let sentence = "MARKED-SENTENCE the wallet words are amber boat cactus"

  /// A format, the name that its file has, and the way to the sentence in it.
  struct Sample: Sendable, CustomTestStringConvertible {
    var format: String
    var name: String
    /// Below the file's own path; empty where it is the file itself.
    var place: String
    var bytes: [UInt8]
    var testDescription: String { format }
  }

  /// The formats that are made; `place` is what the path of the sentence's segment ends with.
  static let places: [(format: String, name: String, place: String)] = [
    ("txt", "note.txt", ""), ("utf16", "wide.txt", ""), ("html", "page.html", ""),
    ("html-hidden", "page.html", "hidden text"), ("html-comment", "page.html", "comments"),
    ("html-script", "page.html", "scripts"), ("html-alt", "page.html", "metadata"),
    ("xml", "data.xml", ""), ("rtf", "letter.rtf", ""), ("rtf-hidden", "letter.rtf", "hidden text"),
    ("pdf", "paper.pdf", "page 1"), ("docx", "report.docx", "word/document.xml"),
    ("xlsx", "table.xlsx", "xl/sharedStrings.xml"), ("pptx", "talk.pptx", "ppt/slides/slide1.xml"),
    ("odt", "letter.odt", "content.xml"), ("epub", "book.epub", "chapter.xhtml"),
    ("eml", "mail.eml", "part 1"), ("eml-base64", "mail.eml", "part 1"),
    ("eml-html", "mail.eml", "part 1"), ("eml-subject", "mail.eml", "subject"),
    ("eml-message", "mail.eml", "part 2: message > part 1"),
    ("mbox", "box.mbox", "message 2 > part 1"), ("zip", "list.zip", "note.txt"),
    ("tar", "list.tar", "note.txt"), ("tar.gz", "list.tar.gz", "note.txt"),
    ("gz", "note.txt.gz", "note.txt"), ("bz2", "note.txt.bz2", "note.txt"),
    ("xz", "note.txt.xz", "note.txt"), ("zst", "note.txt.zst", "note.txt"),
    ("lz4", "note.txt.lz4", "note.txt"), ("7z", "list.7z", "note.txt"),
    ("iso", "disk.iso", "NOTE.TXT"), ("cpio", "list.cpio", "note.txt"),
    ("ar", "list.ar", "note.txt"), ("uu", "note.uu", "note"), ("json", "chat.json", ""),
    ("csv", "table.csv", ""), ("picture+zip", "photo.png", "note.txt"),
  ]

  /// Every sample by itself, and in every container; made by one run of Python.
  static func all() throws -> (alone: [Sample], nested: [String: [Sample]]) {
    let directory = TemporaryDirectory()
    let list = places.map { "\($0.format)\t\($0.name)" }.joined(separator: "\n")
    _ = try Tool.python(
      program + wrapper, directory.path, sentence, list,
      containers.map(\.format).joined(separator: " "))
    let alone = try places.map { format, name, place in
      Sample(
        format: format, name: name, place: place, bytes: try read("\(directory.path)/\(format)"))
    }
    var nested: [String: [Sample]] = [:]
    for container in containers {
      nested[container.format] = try places.map { format, name, place in
        let outer = container.name.replacing("M", with: name)
        let way = container.place.replacing("M", with: name) + (place.isEmpty ? "" : " > " + place)
        return Sample(
          format: format, name: outer, place: way,
          bytes: try read("\(directory.path)/in/\(container.format)/\(format)"))
      }
    }
    return (alone, nested)
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0, "\(path) was not made")
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count <= 0 { return bytes }
      bytes += block[..<count]
    }
  }

  /// The containers that others are put into, with the file's name and the way to the member `M`.
  static let containers: [(format: String, name: String, place: String)] = [
    ("zip", "outer.zip", "M"), ("tar.gz", "outer.tgz", "M"),
    ("gz", "M.gz", "M"),
    ("eml", "outer.eml", "part 2: M"), ("cpio", "outer.cpio", "M"),
  ]

  private static let wrapper = """

    def wrapped(kind, name, data):
        out = io.BytesIO()
        if kind == "zip":
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z: z.writestr(name, data)
        elif kind in ("tar", "tar.gz"):
            with tarfile.open(fileobj=out, mode="w:gz" if kind == "tar.gz" else "w") as t:
                info = tarfile.TarInfo(name); info.size = len(data); t.addfile(info, io.BytesIO(data))
        elif kind == "gz": out.write(gzip.compress(data))
        elif kind == "xz": out.write(lzma.compress(data))
        elif kind == "cpio":
            header = b"070701" + b"".join(b"%08X" % n for n in
                (1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0))
            out.write(pad(header + name.encode() + b"\\0") + pad(data) + pad(end + b"TRAILER!!!\\0"))
        elif kind == "eml":
            m = mail("nothing here", subject="outer")
            m.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
            out.write(m.as_bytes())
        return out.getvalue()
    for kind in sys.argv[4].split():
        os.makedirs("in/" + kind)
        for line in sys.argv[3].split("\\n"):
            sample, name = line.split("\\t")
            put("in/%s/%s" % (kind, sample), wrapped(kind, name, open(sample, "rb").read()))
    """

  private static let program = """
    import sys, os, io, zipfile, tarfile, gzip, bz2, lzma, subprocess, binascii, json, email.message
    os.chdir(sys.argv[1]); s = sys.argv[2]; words = s.split(" ", 1)
    def put(name, data): open(name, "wb").write(data if isinstance(data, bytes) else data.encode())
    put("txt", s)
    put("utf16", ("\\ufeff" + s).encode("utf-16-le"))
    half = s.replace("wallet", "wal<b>let</b>")
    put("html", "<html><body><p>Hello</p><p>%s</p></body></html>" % half)
    put("html-hidden", "<html><style>.x{display:none}</style><body>Hello<div class=x>%s</div></body></html>" % s)
    put("html-comment", "<html><body>Hello<!-- %s --></body></html>" % s)
    put("html-script", "<html><body>Hello<script>var a = '%s'</script></body></html>" % s)
    put("html-alt", "<html><body>Hello<img alt='%s'></body></html>" % s)
    put("xml", "<?xml version='1.0'?><a><b>%s</b></a>" % s.replace("the", "&#116;he"))
    put("rtf", "{\\\\rtf1\\\\ansi{\\\\fonttbl{\\\\f0 Arial;}} Hello\\\\par " + s.replace("wallet", "w\\\\'61llet") + "\\\\par}")
    put("rtf-hidden", "{\\\\rtf1\\\\ansi Hello {\\\\v " + s + "}\\\\par}")
    stream = b"BT /F1 9 Tf 20 700 Td (" + s.encode() + b") Tj ET"
    put("pdf", b"%PDF-1.4\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\\n"
        b"4 0 obj<</Length " + str(len(stream)).encode() + b">>stream\\n" + stream + b"\\nendstream endobj\\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\\ntrailer<</Root 1 0 R>>\\n")
    def z(name, members):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as a:
            for k, v in members: a.writestr(k, v)
        put(name, out.getvalue())
    types = ("[Content_Types].xml", "<Types/>")
    cut = s.replace("wallet", "wal</w:t></w:r><w:r><w:t>let")
    z("docx", [types, ("word/document.xml", "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>" % cut)])
    z("xlsx", [types, ("xl/sharedStrings.xml", "<sst><si><t>%s</t></si></sst>" % s)])
    z("pptx", [types, ("ppt/slides/slide1.xml", "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>%s</a:t></a:r></a:p></p:sld>" % s)])
    z("odt", [("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", "<o xmlns:text='t'><text:p>%s</text:p></o>" % s)])
    z("epub", [("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<c/>"),
        ("chapter.xhtml", "<html><body><p>%s</p></body></html>" % s)])
    def mail(body=None, html=None, subject="greetings", cte=None):
        m = email.message.EmailMessage()
        m["From"], m["To"], m["Subject"] = "a@example.org", "b@example.org", subject
        if html: m.set_content(html, subtype="html")
        else: m.set_content(body or "nothing", cte=cte)
        return m
    put("eml", mail(s, cte="7bit").as_bytes())
    put("eml-base64", mail(s, cte="base64").as_bytes())
    put("eml-html", mail(html="<html><body><p>%s</p></body></html>" % half).as_bytes())
    put("eml-subject", b"From: a@example.org\\nTo: b@example.org\\nSubject: =?utf-8?B?" + binascii.b2a_base64(s.encode(), newline=False) + b"?=\\n\\nnothing\\n")
    outer = mail("see below"); outer.add_attachment(mail(s, cte="base64"))
    put("eml-message", outer.as_bytes())
    put("mbox", b"From a@example.org Thu Jan  1 00:00:00 2026\\n" + mail("first").as_bytes() + b"\\nFrom b@example.org Thu Jan  1 00:00:00 2026\\n" + mail(s, cte="base64").as_bytes())
    put("note.txt", s)
    z("zip", [("note.txt", s)])
    for mode, name in (("w", "tar"), ("w:gz", "tar.gz")):
        with tarfile.open(name, mode) as t: t.add("note.txt")
    put("gz", gzip.compress(s.encode())); put("bz2", bz2.compress(s.encode())); put("xz", lzma.compress(s.encode()))
    for tool, name in (("zstd", "zst"), ("lz4", "lz4")):
        put(name, subprocess.run([tool, "-c", "note.txt"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
    subprocess.run(["7zz", "a", "-bso0", "-bsp0", "7z.7z", "note.txt"], check=True); os.rename("7z.7z", "7z")
    subprocess.run(["genisoimage", "-quiet", "-o", "iso", "note.txt"], check=True, stderr=subprocess.DEVNULL)
    data = s.encode()
    header = b"070701" + b"".join(b"%08X" % n for n in (1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, 9, 0))
    def pad(b): return b + b"\\0" * (-len(b) % 4)
    end = b"070701" + b"".join(b"%08X" % n for n in (0,) * 4 + (1,) + (0,) * 6 + (11, 0))
    put("cpio", pad(header + b"note.txt\\0") + pad(data) + pad(end + b"TRAILER!!!\\0"))
    body = data + b"\\n" * (len(data) % 2)
    put("ar", b"!<arch>\\n" + b"%-16s%-12d%-6d%-6d%-8s%-10d`\\n" % (b"note.txt/", 0, 0, 0, b"100644", len(data)) + body)
    put("uu", b"begin 644 note.txt\\n" + b"".join(binascii.b2a_uu(data[i:i+45]) for i in range(0, len(data), 45)) + b"`\\nend\\n")
    put("json", json.dumps({"a": [1, {"text": s}]}))
    put("csv", 'name,text\\n1,"%s"\\n' % s)
    png = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes((i * 7) % 251 for i in range(600))
    put("picture+zip", png + open("zip", "rb").read())
    """
}
