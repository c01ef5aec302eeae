/// The character sets that a text says it is in: an XML declaration, a `meta` element, a
/// `Content-Type` header. A declaration adds a reading; it never takes one away, for a reader may
/// go by it or not.
struct DeclaredCharset: Hashable {
  /// In lower case, as declared.
  let label: String

  /// All of the first block, each once, at most 16.
  static func all(in head: UnsafeBufferPointer<UInt8>) -> [DeclaredCharset] {
    var found: [DeclaredCharset] = []
    for keyword in ["charset", "encoding"] {
      let word = Array(keyword.utf8)
      var index = 0
      while found.count < 16, index + word.count < head.count {
        guard head[index] | 0x20 == word[0], matches(head, at: index, word) else {
          index &+= 1
          continue
        }
        index += word.count
        if let label = label(head, at: index) {
          let declared = DeclaredCharset(label: label)
          if !found.contains(declared) { found.append(declared) }
        }
      }
    }
    return found
  }

  private static func matches(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ word: [UInt8]
  ) -> Bool {
    guard index + word.count <= bytes.count else { return false }
    for offset in word.indices where bytes[index + offset] | 0x20 != word[offset] { return false }
    return true
  }

  /// What follows as `= "label"`.
  private static func label(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> String? {
    var index = start
    func skip(_ wanted: (UInt8) -> Bool) {
      while index < bytes.count, index < start + 80, wanted(bytes[index]) { index += 1 }
    }
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    skip(isSpace)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return nil }
    index += 1
    skip { isSpace($0) || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    let first = index
    skip { byte in
      let lower = byte | 0x20
      return lower >= 0x61 && lower <= 0x7A || byte >= 0x30 && byte <= 0x39
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }
    guard index > first, index - first <= 40 else { return nil }
    return String(decoding: bytes[first..<index], as: UTF8.self).lowercased()
  }

  /// The set, where it is one that this target reads.
  var charset: Charset? {
    if let single = SingleByteCharset.named(Self.aliases[label] ?? label) { return .single(single) }
    switch label {
    case "utf-8", "utf8", "us-ascii", "ascii": return .utf8()
    case "utf-7", "utf7", "unicode-1-1-utf-7": return .utf7
    case "utf-16", "utf-16le", "utf16", "ucs-2", "unicode": return .utf16(bigEndian: false)
    case "utf-16be": return .utf16(bigEndian: true)
    case "utf-32", "utf-32le": return .utf32(bigEndian: false)
    case "utf-32be": return .utf32(bigEndian: true)
    case "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "csiso2022jp": return .iso2022JP
    case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms932":
      return .double(.shiftJIS)
    case "euc-jp", "eucjp", "x-euc-jp": return .double(.eucJP)
    case "gb18030", "gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936", "euc-cn", "hz":
      return label == "hz" ? nil : .double(.gb18030)
    case "big5", "big5-hkscs", "x-x-big5", "cp950", "csbig5": return .double(.big5)
    case "euc-kr", "ks_c_5601-1987", "ksc5601", "cp949", "windows-949", "uhc", "korean":
      return .double(.eucKR)
    default: return nil
    }
  }

  /// How a set that nothing here reads writes something else than ASCII in bytes of ASCII.
  enum Shift { case tilde, control, none }

  var shift: Shift {
    switch label {
    case "hz", "hz-gb-2312": .tilde
    case "iso-2022-kr", "iso-2022-cn", "iso-2022-cn-ext": .control
    default: .none
    }
  }

  /// Other names of the sets in `SingleByteCharset`. Latin 1 and 5 are read as the sets of Windows
  /// that hold them, as every browser does.
  private static let aliases: [String: String] = [
    "iso-8859-1": "windows-1252", "iso8859-1": "windows-1252", "latin1": "windows-1252",
    "iso_8859-1": "windows-1252", "l1": "windows-1252", "cp1252": "windows-1252",
    "x-cp1252": "windows-1252", "cp819": "windows-1252", "ansi": "windows-1252",
    "cp1250": "windows-1250", "cp1251": "windows-1251", "win-1251": "windows-1251",
    "x-cp1251": "windows-1251", "cp1253": "windows-1253", "cp1254": "windows-1254",
    "iso-8859-9": "windows-1254", "latin5": "windows-1254", "cp1255": "windows-1255",
    "cp1256": "windows-1256", "cp1257": "windows-1257", "cp1258": "windows-1258",
    "tis-620": "windows-874", "iso-8859-11": "windows-874", "cp874": "windows-874",
    "latin2": "iso-8859-2", "iso8859-2": "iso-8859-2", "iso8859-5": "iso-8859-5",
    "cyrillic": "iso-8859-5", "arabic": "iso-8859-6", "greek": "iso-8859-7",
    "iso8859-7": "iso-8859-7", "hebrew": "iso-8859-8", "iso-8859-8-i": "iso-8859-8",
    "logical": "iso-8859-8", "visual": "iso-8859-8", "latin9": "iso-8859-15",
    "latin-9": "iso-8859-15", "iso8859-15": "iso-8859-15", "koi8": "koi8-r", "koi": "koi8-r",
    "koi8-ru": "koi8-u", "cp437": "ibm437", "cp850": "ibm850", "cp852": "ibm852",
    "cp866": "ibm866", "866": "ibm866", "mac": "macintosh", "macroman": "macintosh",
    "x-mac-roman": "macintosh", "x-mac-ukrainian": "x-mac-cyrillic",
  ]
}
