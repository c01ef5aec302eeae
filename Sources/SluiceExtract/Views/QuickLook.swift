import CSluiceLook

/// The one look at every byte of a block, which tells where there may be something to undo. Plain
/// text costs nothing else.
struct QuickLook {
  enum Flag: UInt8 {
    case join = 1
    case hidden = 2
    case wide = 4
    case control = 8
    case line = 16
  }

  private var flags: [UInt8] = []
  private var all: UInt8 = 0
  private var length = 0

  mutating func look(_ block: UnsafeBufferPointer<UInt8>) {
    length = block.count
    guard let base = block.baseAddress else {
      all = 0
      return
    }
    let cells = block.count / Self.cell + 1
    if flags.count < cells { flags = [UInt8](repeating: 0, count: cells) }
    all = flags.withUnsafeMutableBufferPointer { sluice_look(base, block.count, $0.baseAddress) }
  }

  func has(_ flag: Flag) -> Bool { all & flag.rawValue != 0 }

  /// Stretches of cells with a flag, each begun `reach` bytes earlier.
  func ranges(of flag: Flag, reach: Int) -> [Range<Int>] {
    let wanted = flag == .join ? Flag.join.rawValue | Flag.line.rawValue : flag.rawValue
    guard all & wanted != 0 else { return [] }
    var ranges: [Range<Int>] = []
    var index = 0
    let cells = (length + Self.cell - 1) / Self.cell
    while index < cells {
      guard flags[index] & wanted != 0 else {
        index += 1
        continue
      }
      let first = index
      while index < cells, flags[index] & wanted != 0 { index += 1 }
      ranges.append(max(0, first * Self.cell - reach)..<min(length, index * Self.cell))
    }
    return ranges
  }

  private static let cell = Int(SLUICE_LOOK_CELL)
}
