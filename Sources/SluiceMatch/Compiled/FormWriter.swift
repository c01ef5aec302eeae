/// Writes the parts of a compiled form: numbers in the machine's own order, lengths before what has
/// one. A form never leaves the machine that it was made on.
struct FormWriter {
  private(set) var bytes: [UInt8] = []

  mutating func int(_ value: Int) { raw(value) }
  mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func range(_ value: ClosedRange<Int>) {
    int(value.lowerBound)
    int(value.upperBound)
  }

  mutating func blob(_ value: [UInt8]) {
    int(value.count)
    bytes += value
  }

  mutating func text(_ value: String) { blob(Array(value.utf8)) }

  /// Elements without references or padding that matters, as they lie in memory.
  mutating func plain<Element: BitwiseCopyable>(_ elements: [Element]) {
    int(elements.count)
    elements.withUnsafeBytes { bytes += $0 }
  }

  mutating func raw<Value: BitwiseCopyable>(_ value: Value) {
    withUnsafeBytes(of: value) { bytes += $0 }
  }
}

/// Reads what `FormWriter` wrote. After the first read beyond the end, everything is empty and
/// `isWhole` is false.
struct FormReader {
  private let bytes: [UInt8]
  private var at = 0
  private var isTorn = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// All was there and all was read.
  var isWhole: Bool { !isTorn && at == bytes.count }

  mutating func int() -> Int { raw(or: 0) }

  mutating func flag() -> Bool { take(1).map { bytes[$0.lowerBound] != 0 } ?? false }

  mutating func range() -> ClosedRange<Int> {
    let lower = int()
    let upper = int()
    guard lower <= upper else {
      isTorn = true
      return 0...0
    }
    return lower...upper
  }

  mutating func blob() -> [UInt8] { take(int()).map { Array(bytes[$0]) } ?? [] }
  mutating func text() -> String { String(decoding: blob(), as: UTF8.self) }

  mutating func plain<Element: BitwiseCopyable>(_: Element.Type) -> [Element] {
    let count = int()
    let size = MemoryLayout<Element>.stride
    guard count >= 0, count <= bytes.count, let range = take(count * size), count > 0 else {
      return []
    }
    return [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[range]))
      }
      filled = count
    }
  }

  mutating func raw<Value: BitwiseCopyable>(or none: Value) -> Value {
    guard let range = take(MemoryLayout<Value>.size) else { return none }
    return bytes.withUnsafeBytes {
      $0.loadUnaligned(fromByteOffset: range.lowerBound, as: Value.self)
    }
  }

  private mutating func take(_ count: Int) -> Range<Int>? {
    guard !isTorn, count >= 0, count <= bytes.count - at else {
      isTorn = true
      return nil
    }
    defer { at += count }
    return at..<at + count
  }
}
