import Glibc
import SluiceCore

extension TrustedKey {
  /// Reads the keys of a file, one a line, as OpenSSH's `allowed_signers` (`who [options] kind key`)
  /// or as public keys (`kind key comment`); or of all `*.pub` files of a directory.
  /// - Returns: the keys that could be read; every other line is reported to `bag`.
  package static func read(_ path: String, into bag: DiagnosticBag) -> [TrustedKey] {
    do throws(FileFault) {
      guard let directory = try? Directory(path, follow: true) else {
        return try keys(of: path, into: bag)
      }
      var keys: [TrustedKey] = []
      for name in try directory.names().names where name.hasSuffix(".pub") {
        keys += try self.keys(of: path + "/" + name, into: bag)
      }
      return keys
    } catch {
      bag.error(error.code, path: path, error.message, hint: error.hint)
    }
    return []
  }

  private static func keys(
    of path: String, into bag: DiagnosticBag
  ) throws(FileFault) -> [TrustedKey] {
    let bytes = try SourceFile.read(path, limit: 1 << 20).bytes ?? []
    let file = SourceText(path: path, bytes: bytes)
    var keys: [TrustedKey] = []
    for number in 1...file.lineCount {
      let line = file.line(number)!
      let trimmed = line[...].trimmed
      guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
      do throws(SigningError) {
        keys.append(try TrustedKey(line: trimmed))
      } catch {
        let span = SourceSpan(
          file: file, line: number, column: 1, length: line.unicodeScalars.count)
        bag.error(.badValue, at: span, error.message)
      }
    }
    return keys
  }

  /// One line of either form.
  init(line: Substring) throws(SigningError) {
    var fields = Self.fields(of: line)
    let kinds = [SSHPublicKey.ed25519Name, SSHPublicKey.p256Name]
    guard let kind = fields.firstIndex(where: kinds.contains), kind + 1 < fields.count else {
      throw SigningError(
        .unsupportedKey, "no key of the kind \(kinds.joined(separator: " or ")) is on this line")
    }
    let blob = Base64.decode(fields[kind + 1])
    guard let blob, SSHPublicKey(blob: blob) != nil else {
      throw SigningError(.notAKey, "the key is malformed")
    }
    let comment = fields[(kind + 2)...].joined(separator: " ")
    fields = Array(fields[..<kind])
    let name = fields.first ?? comment
    self.init(name: name.isEmpty ? SSHPublicKey.fingerprint(blob) : name, blob: blob)
    for option in fields.dropFirst().flatMap(Self.options) { try apply(option) }
  }

  private mutating func apply(_ option: String) throws(SigningError) {
    let name = option.prefix { $0 != "=" }.lowercased()
    let value = option.dropFirst(name.count + 1).filter { $0 != "\"" }
    switch name {
    case "namespaces": namespaces = value.split(separator: ",").map { String($0) }
    case "valid-after": validAfter = try Self.moment(value)
    case "valid-before": validBefore = try Self.moment(value)
    default:
      throw SigningError(.unsupportedKey, "the option '\(name)' is not read here")
    }
  }

  /// `YYYYMMDD` or `YYYYMMDDHHMM[SS]`, taken as UTC, with or without a `Z`.
  private static func moment(_ text: String) throws(SigningError) -> Timestamp {
    var digits = text.hasSuffix("Z") ? String(text.dropLast()) : text
    guard [8, 12, 14].contains(digits.utf8.count), digits.utf8.allSatisfy(Names.isDigit) else {
      throw SigningError(.notAKey, "'\(text)' is no date of the form YYYYMMDD[HHMM[SS]]")
    }
    while digits.utf8.count < 14 { digits += "0" }
    let d = Array(digits)
    func part(_ range: Range<Int>) -> String { String(d[range]) }
    let written =
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):"
      + "\(part(12..<14))Z"
    guard let moment = Timestamp(written) else {
      throw SigningError(.notAKey, "'\(text)' is no date")
    }
    return moment
  }

  /// Split at blanks that stand outside quotes.
  private static func fields(of line: Substring) -> [String] {
    split(line) { $0 == " " || $0 == "\t" }
  }

  private static func options(_ field: String) -> [String] { split(field[...]) { $0 == "," } }

  private static func split(_ text: Substring, at isSeparator: (Character) -> Bool) -> [String] {
    var fields: [String] = []
    var field = ""
    var quoted = false
    for character in text {
      if character == "\"" { quoted.toggle() }
      if isSeparator(character), !quoted {
        if !field.isEmpty { fields.append(field) }
        field = ""
      } else {
        field.append(character)
      }
    }
    if !field.isEmpty { fields.append(field) }
    return fields
  }

  /// Whether a signature of now counts.
  func counts(at now: Timestamp) -> Bool {
    (validAfter.map { now >= $0 } ?? true) && (validBefore.map { now < $0 } ?? true)
      && (namespaces?.contains(SSHSignature.namespace) ?? true)
  }
}
