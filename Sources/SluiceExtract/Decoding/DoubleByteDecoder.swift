/// Shift_JIS, EUC-JP, GB 18030, Big5 and EUC-KR. A pair that stands for nothing is replaced; if its
/// second byte is ASCII that byte is kept, so that nothing can hide behind a broken lead.
struct DoubleByteDecoder: Decoder {
  let charset: DoubleByteCharset

  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, at origin: Int, final: Bool, into text: TextBuilder
  ) -> Int {
    guard let base = input.baseAddress else { return 0 }
    var index = 0
    while index < input.count {
      let end = input.endOfASCII(from: index)
      text.appendASCII(base + index, count: end - index, at: origin + index)
      index = end
      guard index < input.count else { break }
      let byte = input[index]
      let left = input.count - index
      if let value = charset.single(byte) {
        text.append(value, at: origin + index, length: 1)
        index += 1
      } else if charset.isLead(byte), left < 2, !final {
        return index
      } else if left >= 2, let value = charset.pair(byte, input[index + 1]) {
        text.append(value, at: origin + index, length: 2)
        index += 2
      } else if charset.form == .gb18030, (0x81...0xFE).contains(byte), left < 4, !final {
        return index
      } else if charset.form == .eucJP, byte == 0x8F, left < 3, !final {
        return index
      } else {
        let length = longer(input, at: index)
        text.append(fourBytes(input, at: index, length: length), at: origin + index, length: length)
        index += length
      }
    }
    return index
  }

  /// Bytes that stand together where there is no pair: four of GB 18030, three of EUC-JP, or one.
  private func longer(_ input: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let left = input.count - index
    switch charset.form {
    case .gb18030 where left >= 4:
      let fits =
        (0x81...0xFE).contains(input[index]) && (0x30...0x39).contains(input[index + 1])
        && (0x81...0xFE).contains(input[index + 2]) && (0x30...0x39).contains(input[index + 3])
      return fits ? 4 : 1
    case .eucJP where input[index] == 0x8F && left >= 3:
      // JIS X 0212, which is hardly used; no table of it is kept.
      return input[index + 1] >= 0xA1 && input[index + 2] >= 0xA1 ? 3 : 1
    default:
      return left >= 2 && input[index + 1] >= 0x80 && charset.isLead(input[index]) ? 2 : 1
    }
  }

  /// The linear part of GB 18030 above U+FFFF; its ranges below are rare signs and are replaced.
  private func fourBytes(_ input: UnsafeBufferPointer<UInt8>, at index: Int, length: Int) -> UInt32
  {
    guard length == 4 else { return 0xFFFD }
    let digits = (0..<4).map { UInt32(input[index + $0]) }
    let linear =
      ((digits[0] - 0x81) * 10 + digits[1] - 0x30) * 1260 + (digits[2] - 0x81) * 10 + digits[3]
      - 0x30
    return linear >= 189_000 ? linear - 189_000 + 0x10000 : 0xFFFD
  }
}
