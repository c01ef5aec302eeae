import SluiceCore

/// Where a link leads, against what its text says.
enum LinkTarget {
  /// The text names a host, and the link leads to one of another domain.
  static func lies(text: String, target: String) -> Bool {
    guard let shown = host(String(text.trimmed)), let real = host(target),
      target.contains("://")
    else { return false }
    return !(shown == real || real.hasSuffix("." + shown) || shown.hasSuffix("." + real))
  }

  /// The host of an address, or of a text that looks like one.
  private static func host(_ text: String) -> String? {
    guard text.utf8.count < 2000, !text.contains(where: \.isWhitespace) else { return nil }
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { !"/?#".contains($0) }
    if let user = rest.lastIndex(of: "@") { rest = rest[rest.index(after: user)...] }
    var name = rest.prefix { $0 != ":" }.lowercased()
    if name.hasPrefix("www.") { name.removeFirst(4) }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }), let last = parts.last, last.count > 1,
      last.allSatisfy(\.isLetter)
    else { return nil }
    return name
  }

  /// An address as a text of its own; what a `data:` address holds is read as a file.
  static func shown(_ target: String) -> Substring {
    guard target.prefix(5).lowercased() == "data:", let comma = target.firstIndex(of: ",") else {
      return target[...]
    }
    return target[...comma]
  }

  /// What a `data:` address holds.
  static func data(_ target: String) -> [UInt8]? {
    guard let comma = target.firstIndex(of: ",") else { return nil }
    let isBase64 = target[..<comma].lowercased().hasSuffix(";base64")
    let plain = percentDecoded(target[target.index(after: comma)...].utf8)
    guard isBase64 else { return plain }
    var (bits, count) = (UInt32(0), 0)
    var bytes: [UInt8] = []
    for byte in plain {
      let value: UInt8
      switch byte {
      case 0x41...0x5A: value = byte - 0x41
      case 0x61...0x7A: value = byte - 0x61 + 26
      case 0x30...0x39: value = byte - 0x30 + 52
      case 0x2B, 0x2D: value = 62
      case 0x2F, 0x5F: value = 63
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
        (bits, count) = (0, 0)
      }
    }
    if count == 3 { bytes += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
    if count == 2 { bytes.append(UInt8(bits >> 4 & 0xFF)) }
    return bytes
  }

  private static func percentDecoded(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var digits: [UInt8]?
    for byte in text {
      if byte == UInt8(ascii: "%") {
        digits = []
      } else if let open = digits {
        digits = open + [byte]
        if open.count == 1 {
          bytes += Hex.decode(String(decoding: digits!, as: UTF8.self)) ?? []
          digits = nil
        }
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}
