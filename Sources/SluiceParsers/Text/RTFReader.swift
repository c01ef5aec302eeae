import SluiceCore
import SluiceExtract

/// Rich Text Format: groups, control words, characters by code page or by Unicode number. What is
/// hidden, what is about the text, and what is embedded are kept apart.
/// Source: Rich Text Format (RTF) Specification, version 1.9.1.
struct RTFReader {
  private(set) var text = ""
  private(set) var hidden = ""
  private(set) var metadata = ""
  private(set) var fields = ""
  private(set) var objects: [[UInt8]] = []

  private enum Target { case text, metadata, fields, object, nowhere }
  private struct Group {
    var target = Target.text
    var isHidden = false
    /// Fallback characters behind a `\\u`.
    var skip = 1
  }

  private let bytes: [UInt8]
  private var index = 0
  private var group = Group()
  private var groups: [Group] = []
  private var object: [UInt8] = []
  private var skipping = 0
  private var pending: [UInt8] = []
  private var surrogate: UInt32?
  private var codePage = 1252
  private var ignorable = false

  private static let nowhere: Set<String> = [
    "fonttbl", "colortbl", "stylesheet", "listtable", "listoverridetable", "rsidtbl", "themedata",
    "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "generator", "pict", "blipuid",
    "mmathPr", "filetbl", "revtbl", "fontemb", "falt", "panose",
  ]
  private static let metadata: Set<String> = [
    "info", "title", "subject", "author", "manager", "company", "operator", "category", "keywords",
    "comment", "doccomm", "hlinkbase", "userprops",
  ]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "{"):
        flush()
        groups.append(group)
        ignorable = false
        // Groups without end only cost memory.
        if groups.count > 100_000 { return }
      case UInt8(ascii: "}"):
        flush()
        if group.target == .object, groups.last?.target != .object { endObject() }
        if group.target == .metadata || group.target == .fields { add("\n") }
        group = groups.popLast() ?? Group()
        skipping = 0
      case UInt8(ascii: "\\"): control()
      case 0x0A, 0x0D: break
      default: character(byte)
      }
    }
    flush()
    endObject()
  }

  private mutating func control() {
    guard index < bytes.count else { return }
    let first = bytes[index]
    guard isLetter(first) else { return symbol(first) }
    var word = ""
    while index < bytes.count, isLetter(bytes[index]), word.utf8.count < 40 {
      word.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      index += 1
    }
    var digits = ""
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") {
      digits = "-"
      index += 1
    }
    while index < bytes.count, (0x30...0x39).contains(bytes[index]), digits.utf8.count < 12 {
      digits.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      index += 1
    }
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    apply(word, Int(digits))
  }

  private mutating func symbol(_ byte: UInt8) {
    index += 1
    switch byte {
    case UInt8(ascii: "'"):
      guard index + 1 < bytes.count,
        let value = Hex.decode(String(decoding: bytes[index..<index + 2], as: UTF8.self))?.first
      else { return }
      index += 2
      if skipping > 0 { skipping -= 1 } else { store(value) }
    case UInt8(ascii: "*"): ignorable = true
    case UInt8(ascii: "~"): add("\u{A0}")
    case UInt8(ascii: "-"): break
    case UInt8(ascii: "_"): add("-")
    case 0x0A, 0x0D: add("\n")
    case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): character(byte)
    default: break
    }
  }

  private mutating func apply(_ word: String, _ number: Int?) {
    switch word {
    case "par", "line", "sect", "page", "row": add("\n")
    case "tab", "cell": add("\t")
    case "emdash": add("\u{2014}")
    case "endash": add("\u{2013}")
    case "lquote": add("\u{2018}")
    case "rquote": add("\u{2019}")
    case "ldblquote": add("\u{201C}")
    case "rdblquote": add("\u{201D}")
    case "bullet": add("\u{2022}")
    case "ansicpg": codePage = number ?? codePage
    case "v", "webhidden":
      flush()
      group.isHidden = number != 0
    case "plain":
      flush()
      group.isHidden = false
    case "uc": group.skip = max(0, min(number ?? 1, 16))
    case "u": unicode(number ?? 0)
    case "bin":
      let count = max(0, min(number ?? 0, bytes.count - index))
      if group.target == .object { object += bytes[index..<index + count] }
      index += count
    case "objdata": target(.object)
    case "fldinst": target(.fields)
    case "footnote", "annotation", "header", "footer", "headerl", "headerr", "headerf", "footerl",
      "footerr", "footerf", "shptxt", "pntext", "result", "fldrslt":
      if group.target != .nowhere || word == "shptxt" { target(.text) }
    default:
      if Self.nowhere.contains(word) {
        target(.nowhere)
      } else if Self.metadata.contains(word) {
        target(.metadata)
      } else if ignorable {
        // A destination that readers who do not know it leave out: its text is not shown.
        flush()
        group.isHidden = true
      }
    }
    ignorable = false
  }

  private mutating func target(_ target: Target) {
    flush()
    group.target = target
  }

  private mutating func unicode(_ number: Int) {
    flush()
    skipping = group.skip
    let unit = UInt32(truncatingIfNeeded: number) & 0xFFFF
    if unit & 0xFC00 == 0xD800 {
      surrogate = unit
    } else if unit & 0xFC00 == 0xDC00, let high = surrogate {
      add(
        Unicode.Scalar(0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF).map(String.init) ?? "\u{FFFD}"
      )
      surrogate = nil
    } else {
      add(Unicode.Scalar(unit).map(String.init) ?? "\u{FFFD}")
      surrogate = nil
    }
  }

  private mutating func character(_ byte: UInt8) {
    if skipping > 0 {
      skipping -= 1
      return
    }
    store(byte)
  }

  private mutating func store(_ byte: UInt8) {
    if group.target == .object {
      pending.append(byte)
    } else if byte < 0x80, pending.isEmpty {
      add(String(Unicode.Scalar(byte)))
    } else {
      pending.append(byte)
    }
  }

  /// Bytes of a code page become characters when they are whole.
  private mutating func flush() {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending = []
    if group.target == .object {
      let digits = bytes.filter { $0 > 0x20 }
      object += Hex.decode(String(decoding: digits.dropLast(digits.count % 2), as: UTF8.self)) ?? []
      return
    }
    add(CodePage.decode(bytes, codePage))
  }

  private mutating func endObject() {
    if !object.isEmpty, objects.count < 1000 { objects.append(object) }
    object = []
  }

  private mutating func add(_ piece: String) {
    if !pending.isEmpty, group.target != .object { flush() }
    switch group.target {
    case .nowhere, .object: break
    case .metadata: metadata += piece
    case .fields: fields += piece
    case .text: if group.isHidden { hidden += piece } else { text += piece }
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }
}
