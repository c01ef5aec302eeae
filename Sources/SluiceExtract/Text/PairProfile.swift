/// How well the bytes above ASCII form the pairs of each double-byte character set.
struct PairProfile {
  /// In the order of `DoubleByteCharset.all`.
  private(set) var good = [Int](repeating: 0, count: DoubleByteCharset.all.count)
  private(set) var bad = [Int](repeating: 0, count: DoubleByteCharset.all.count)

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for (number, charset) in DoubleByteCharset.all.enumerated() {
      var index = 0
      while true {
        index = bytes.endOfASCII(from: index)
        guard index < bytes.count else { break }
        if charset.single(bytes[index]) != nil {
          good[number] &+= 1
          index &+= 1
        } else if index + 1 < bytes.count, charset.pair(bytes[index], bytes[index + 1]) != nil {
          good[number] &+= 2
          index &+= 2
        } else if charset.form == .gb18030, index + 3 < bytes.count,
          bytes[index + 1] &- 0x30 < 10, bytes[index + 2] > 0x80, bytes[index + 3] &- 0x30 < 10
        {
          good[number] &+= 4
          index &+= 4
        } else {
          // The end of a block may cut a pair off.
          if index + 1 < bytes.count { bad[number] &+= 1 }
          index &+= 1
        }
      }
    }
  }

  /// The sets in which at most one byte in eight that is not ASCII stands for nothing.
  var plausible: [DoubleByteCharset] {
    zip(DoubleByteCharset.all, zip(good, bad)).compactMap { charset, counts in
      counts.0 > 0 && counts.1 * 8 <= counts.0 + counts.1 ? charset : nil
    }
  }
}
