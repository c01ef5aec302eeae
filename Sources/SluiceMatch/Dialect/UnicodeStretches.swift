/// Reads the stretches of `UnicodeTables`: entries parted by spaces, figures parted by commas, the
/// first and the fourth of them in hexadecimal.
struct UnicodeStretches: Sequence, IteratorProtocol {
  private var text: UnsafeBufferPointer<UInt8>.SubSequence

  init(_ table: StaticString) {
    text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)[...]
  }

  /// The figures of the next entry; those that it lacks are 0.
  mutating func next() -> Entry? {
    var figures = Entry()
    var index = 0
    var isEmpty = true
    while let byte = text.popFirst() {
      switch byte {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        figures.append(Int(byte) - 48, at: index)
        isEmpty = false
      case UInt8(ascii: "a")...UInt8(ascii: "f"):
        figures.append(Int(byte) - 87, at: index)
        isEmpty = false
      default: if !isEmpty { return figures }
      }
    }
    return isEmpty ? nil : figures
  }

  /// One stretch.
  struct Entry {
    var first = 0
    var count = 0
    var step = 0
    var target = 0

    fileprivate mutating func append(_ digit: Int, at index: Int) {
      switch index {
      case 0: first = first * 16 + digit
      case 1: count = count * 10 + digit
      case 2: step = step * 10 + digit
      default: target = target * 16 + digit
      }
    }
  }
}
