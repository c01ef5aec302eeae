/// Every plausible way to read an item's text, the likeliest first, and what stays open.
struct ReadingPlan {
  struct Reading {
    let charset: Charset
    /// Bytes of a byte order mark to leave out.
    var skip = 0
  }

  private(set) var readings: [Reading] = []
  /// The declared sets that nothing here reads although the text may mean them.
  private(set) var unreadable: [String] = []
  /// The text is not in a set that it declares.
  private(set) var declarationLies = false

  /// Sets that are tried where none is declared: those that people still use.
  private static let guesses = [
    "windows-1252", "windows-1251", "windows-1250", "koi8-r", "iso-8859-2", "iso-8859-5",
    "iso-8859-15", "windows-1253", "iso-8859-7", "windows-1254", "windows-1255", "iso-8859-8",
    "windows-1256", "iso-8859-6", "windows-1257", "windows-1258", "windows-874", "koi8-u",
    "ibm866", "ibm850", "ibm852", "ibm437", "macintosh", "x-mac-cyrillic",
  ].compactMap(SingleByteCharset.named)

  init(_ profile: ContentProfile, hints: TextHints) {
    let mark = hints.mark
    if let mark { add(mark.charset, skip: mark.length) }
    let wide = profile.wide
    if wide.little32.isPlausible { add(.utf32(bigEndian: false)) }
    if wide.big32.isPlausible { add(.utf32(bigEndian: true)) }
    // UTF-32 looks like UTF-16 with NUL between its characters.
    let isUTF32 = readings.contains { if case .utf32 = $0.charset { true } else { false } }
    if !isUTF32 {
      if wide.little.isPlausible { add(.utf16(bigEndian: false)) }
      if wide.big.isPlausible { add(.utf16(bigEndian: true)) }
    }
    if profile.isTextLike { addNarrow(profile, skip: mark?.isUTF8 == true ? 3 : 0) }
    addDeclared(profile, hints)
  }

  private mutating func addNarrow(_ profile: ContentProfile, skip: Int) {
    if profile.isValidUTF8 || profile.multibyteCount > 0 { add(.utf8(), skip: skip) }
    if profile.nulCount > 0 { add(.utf8(dropsNUL: true), skip: skip) }
    if profile.overlongCount > 0 { add(.utf8(lenient: true, dropsNUL: true), skip: skip) }
    if profile.escapeCount > 0 { add(.iso2022JP, skip: skip) }
    guard !profile.isValidUTF8 else { return }
    for charset in profile.pairs.plausible { add(.double(charset)) }
    var seen: Set<[UInt16]> = []
    for charset in Self.guesses {
      let used = (0..<128).filter { profile.upper[$0] > 0 }
      let gaps = used.reduce(0) { $0 + (charset.upper[$1] == 0xFFFD ? profile.upper[$1] : 0) }
      // Two sets that read these very bytes alike are one reading.
      guard gaps * 4 <= profile.upperCount, seen.insert(used.map { charset.upper[$0] }).inserted
      else { continue }
      add(.single(charset))
    }
  }

  private mutating func addDeclared(_ profile: ContentProfile, _ hints: TextHints) {
    for declared in hints.declared {
      guard let charset = declared.charset else {
        let isUsed =
          switch declared.shift {
          case .tilde: hints.hasTilde || profile.length > hints.length
          case .control: profile.escapeCount + profile.controlCount > 0
          case .none: false
          }
        if isUsed { unreadable.append(declared.label) }
        continue
      }
      switch charset {
      case .utf8: if !profile.isValidUTF8, profile.isTextLike { declarationLies = true }
      case .utf7: if hints.hasPlus || profile.length > hints.length { add(charset) }
      case .iso2022JP: if profile.escapeCount > 0 { add(charset) }
      case .single, .double:
        if profile.multibyteCount > 0, profile.isCleanText { declarationLies = true }
        if profile.upperCount > 0 { add(charset) }
      // A text that can say so in ASCII is in neither; in UTF-16 it was seen to be.
      case .utf16, .utf32: if profile.isTextLike { declarationLies = true }
      }
    }
  }

  private mutating func add(_ charset: Charset, skip: Int = 0) {
    if !readings.contains(where: { $0.charset.name == charset.name }) {
      readings.append(Reading(charset: charset, skip: skip))
    }
  }
}
