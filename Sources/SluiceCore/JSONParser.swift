extension JSON {
  /// Why a text is no JSON, and at which byte.
  package struct SyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    package var offset: Int
    package var message: String
    package var description: String { "\(message) at byte \(offset)" }
  }

  /// Reads one JSON value (RFC 8259), strictly: valid UTF-8, no duplicate keys, nothing after it,
  /// at most `depth` arrays and objects within each other. Integers that fit are `int`.
  package init(parsing bytes: some Collection<UInt8>, depth: Int = 64) throws(SyntaxError) {
    guard let whole = Array(bytes) as [UInt8]?, UTF8Decoding.string(whole) != nil else {
      throw SyntaxError(offset: 0, message: "not valid UTF-8")
    }
    var parser = JSONParser(bytes: whole)
    self = try parser.document(depth: depth)
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document(depth: Int) throws(JSON.SyntaxError) -> JSON {
    let value = try value(depth: depth)
    skipSpace()
    guard index == bytes.count else { throw fault("something after the value") }
    return value
  }

  private mutating func value(depth: Int) throws(JSON.SyntaxError) -> JSON {
    skipSpace()
    guard depth > 0 else { throw fault("nested too deep") }
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"): return try number()
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    default: throw fault("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(JSON.SyntaxError) -> JSON {
    index += 1
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("expected a key") }
      let key = try string()
      guard keys.insert(key).inserted else { throw fault("duplicate key") }
      skipSpace()
      guard take(":") else { throw fault("expected ':'") }
      members.append(JSON.Member(key, try value(depth: depth - 1)))
      skipSpace()
    } while take(",")
    guard take("}") else { throw fault("expected ',' or '}'") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSON.SyntaxError) -> JSON {
    index += 1
    var values: [JSON] = []
    skipSpace()
    if take("]") { return .array(values) }
    repeat {
      values.append(try value(depth: depth - 1))
      skipSpace()
    } while take(",")
    guard take("]") else { throw fault("expected ',' or ']'") }
    return .array(values)
  }

  private mutating func string() throws(JSON.SyntaxError) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw fault("a control character in a string")
      default: text.append(byte)
      }
    }
    throw fault("a string without an end")
  }

  private mutating func escape() throws(JSON.SyntaxError) -> [UInt8] {
    guard let byte = peek else { throw fault("an escape without an end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"):
      var value = try unit()
      if 0xD800...0xDBFF ~= value {
        guard take("\\"), take("u") else { throw fault("half of a surrogate pair") }
        let low = try unit()
        guard 0xDC00...0xDFFF ~= low else { throw fault("half of a surrogate pair") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw fault("half of a surrogate pair") }
      return Array(String(scalar).utf8)
    default: throw fault("an unknown escape")
    }
  }

  private mutating func unit() throws(JSON.SyntaxError) -> UInt32 {
    guard index + 4 <= bytes.count,
      let pair = Hex.decode(String(decoding: bytes[index..<index + 4], as: UTF8.self)),
      pair.count == 2
    else { throw fault("expected four hexadecimal digits") }
    index += 4
    return UInt32(pair[0]) << 8 | UInt32(pair[1])
  }

  private mutating func number() throws(JSON.SyntaxError) -> JSON {
    let start = index
    _ = take("-")
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[index - whole] != UInt8(ascii: "0") else {
      throw fault("not a number")
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      guard digits() > 0 else { throw fault("not a number") }
    }
    if take("e") || take("E") {
      isWhole = false
      _ = take("+") || take("-")
      guard digits() > 0 else { throw fault("not a number") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isWhole, let value = Int(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw fault("a number out of range") }
    return .double(value)
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = peek, 48...57 ~= byte { index += 1 }
    return index - start
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.SyntaxError) -> JSON {
    for scalar in word.description.utf8 {
      guard peek == scalar else { throw fault("expected a value") }
      index += 1
    }
    return value
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { index += 1 }
  }

  private func fault(_ message: String) -> JSON.SyntaxError {
    JSON.SyntaxError(offset: index, message: message)
  }
}
