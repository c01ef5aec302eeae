import CGMime
import CLibArchive
import CLibMagic
import CLibXML2
import CPoppler

/// The formats that this build opens, each with the library that does and its version.
enum Formats {
  static var decoders: [String] {
    [
      "archives (\(String(cString: archive_version_string())))",
      "mail (gmime \(gmime_major_version).\(gmime_minor_version).\(gmime_micro_version))",
      "html (gumbo)",
      "xml, office documents and books (libxml2 \(LIBXML_DOTTED_VERSION))",
      "pdf (poppler \(poppler_get_version().map { String(cString: $0) } ?? "?"))",
      "rtf",
      "tnef (libytnef)",
      "libmagic \(magic_version() / 100).\(magic_version() % 100)",
    ]
  }
}
