import CSluiceScan

/// What all matches of a pattern begin with, in the tables' lists: words, told by their tags, and
/// sequences of classes. What is told can stand for others too.
struct StartUse {
  /// Of its first number in the list of bits; below zero where nothing is known.
  var bits: Int32 = -1
  /// Of its first sequence.
  var first: Int32 = 0
  var count: Int32 = 0
}

/// A sequence with which matches begin, as classes in the gates' list.
struct StartSequence {
  var classStart: Int32
  var classCount: Int32
}

/// The bits of one pattern: one for each head of words that may go on, for each part of both tags of
/// whole words, and for each byte with which a sequence begins.
struct StartBits {
  private static let words = 4
  private static let bytes = 4 + 64
  private(set) var bits = [UInt64](repeating: 0, count: 4 + 64 + 4)
  private(set) var sequences: [[ByteClass]]

  init(_ starts: StartRequirement) {
    sequences = starts.sequences
    for word in starts.words {
      let scalars = TriggerBuilder.scalars(word)
      let tags = sluice_tags(scalars, scalars.count)
      if word.ending == .exact {
        set(Self.words * 64 + Int(tags & 0xFFF))
      } else if TriggerBuilder.hasKnownHead(word) {
        set(Int(tags >> 8))
      } else {
        // The head of the text's word is not known: its first letters are.
        sequences.append(
          scalars.map { value in
            ByteClass(Unicode.Scalar(value).map { SimpleFold.family(of: $0) } ?? [])
          })
      }
    }
    for sequence in sequences {
      for byte in UInt8.min...UInt8.max where sequence[0].contains(byte) {
        set(Self.bytes * 64 + Int(byte))
      }
    }
  }

  private mutating func set(_ bit: Int) { bits[bit >> 6] |= 1 << UInt64(bit & 63) }

  /// Whether a word of these tags may be one of the set's.
  @inline(__always)
  static func holds(_ bits: UnsafePointer<UInt64>, tags: UInt16) -> Bool {
    let (head, whole) = (Int(tags >> 8), Int(tags & 0xFFF))
    let known = bits[words + whole >> 6] >> UInt64(whole & 63)
    return (bits[head >> 6] >> UInt64(head & 63) | known) & 1 != 0
  }

  /// Whether a sequence of the set may begin with a byte.
  @inline(__always)
  static func holds(_ bits: UnsafePointer<UInt64>, byte: UInt8) -> Bool {
    bits[bytes + Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0
  }
}
