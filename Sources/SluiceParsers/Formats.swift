import CGMime
import CLibArchive

/// The formats that this build opens, each with the library that does and its version.
enum Formats {
  static var decoders: [String] {
    [
      "archives (\(String(cString: archive_version_string())))",
      "mail (gmime \(gmime_major_version).\(gmime_minor_version).\(gmime_micro_version))",
    ]
  }
}
