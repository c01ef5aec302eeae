extension Signature {
  /// The numbers of a header in octal or hexadecimal digits.
  @Sendable static func isCpio(_ head: Head) -> Bool {
    (6..<70).allSatisfy { index in
      let byte = head[index]
      return byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66
    }
  }

  /// A tar header without a mark: its checksum is that of its 512 bytes, taken with blanks in its
  /// own place.
  @Sendable static func isOldTar(_ head: Head) -> Bool {
    guard head.bytes.count >= 512, head[0] != 0 else { return false }
    var (stated, digits) = (0, 0)
    for index in 148..<156 {
      let byte = head[index]
      if byte >= 0x30, byte <= 0x37 {
        stated = stated * 8 + Int(byte - 0x30)
        digits += 1
      } else if byte != 0x20, byte != 0 {
        return false
      }
    }
    guard digits > 2 else { return false }
    let sum = (0..<512).reduce(0) { $0 + ((148..<156).contains($1) ? 0x20 : Int(head[$1])) }
    return sum == stated
  }

  /// RFC 1950: compression by deflate, and a header that 31 divides. Text that begins with `x` can
  /// do so as well, so the first block of RFC 1951 must be possible too.
  @Sendable static func isZlib(_ head: Head) -> Bool {
    guard [0x01, 0x5E, 0x9C, 0xDA].contains(head[1]), head.bytes.count > 7 else { return false }
    let type = head[2] >> 1 & 3
    if type == 0 { return head.little16(3) ^ head.little16(5) == 0xFFFF }
    return type == 1 || type == 2
  }

  /// RFC 9580: a packet that holds a session key, or encrypted data itself.
  @Sendable static func isOpenPGP(_ head: Head) -> Bool {
    let lead = head[0]
    guard lead & 0x80 != 0 else { return false }
    let tag: UInt8
    let body: Int
    if lead & 0x40 != 0 {
      tag = lead & 0x3F
      body = head[1] < 192 ? 2 : head[1] < 224 ? 3 : head[1] == 255 ? 6 : 2
    } else {
      tag = lead >> 2 & 0x0F
      body = [2, 3, 5, 1][Int(lead & 3)]
    }
    switch tag {
    // To a public key: version 3 and a known algorithm, or version 6.
    case 1:
      return head[body] == 3 && [1, 2, 16, 18, 25, 26].contains(head[body + 9])
        || head[body] == 6
          && lead & 0x40 != 0 && head[body + 1] <= 33
    // To a passphrase: version, cipher, kind of key derivation.
    case 3:
      return (4...6).contains(head[body]) && (1...13).contains(head[body + 1])
        && [0, 1, 3, 4].contains(head[body + (head[body] == 4 ? 2 : 3)])
    // Data with a checksum.
    case 18:
      return lead & 0x40 != 0 && (head[body] == 1 || head[body] == 2) && head.bytes.count > 40
    default: return false
    }
  }

  /// An OLE2 file whose directory names the stream that an encrypted office document lies in.
  @Sendable static func isEncryptedOffice(_ head: Head) -> Bool {
    var wanted: [UInt8] = []
    for byte in "EncryptedPackage".utf8 { wanted += [byte, 0] }
    return Embedded.first(wanted, in: head.bytes) != nil
  }

  /// Two frames of MPEG audio one behind the other.
  @Sendable static func isMP3(_ head: Head) -> Bool {
    func frame(_ at: Int) -> Int? {
      guard head[at] == 0xFF, head[at + 1] & 0xE0 == 0xE0, head[at + 1] & 0x06 == 0x02 else {
        return nil
      }
      let version = head[at + 1] >> 3 & 3
      let (rate, sampling) = (Int(head[at + 2] >> 4), Int(head[at + 2] >> 2 & 3))
      guard version != 1, rate > 0, rate < 15, sampling < 3 else { return nil }
      let kilobits =
        version == 3
        ? [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320][rate]
        : [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160][rate]
      let hertz = [44_100, 48_000, 32_000][sampling] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
      return (version == 3 ? 144_000 : 72_000) * kilobits / hertz + Int(head[at + 2] >> 1 & 1)
    }
    guard let first = frame(0) else { return false }
    return frame(first) != nil
  }

  /// Two frames of AAC one behind the other.
  static func isADTS(_ head: Head) -> Bool {
    let length = Int(head[3] & 3) << 11 | Int(head[4]) << 3 | Int(head[5]) >> 5
    return length > 7 && head[length] == 0xFF && head[length + 1] & 0xF6 == 0xF0
  }

  @Sendable static func isAtom(_ head: Head) -> Bool { head[0] == 0 || head.big32(0) == 1 }
}
