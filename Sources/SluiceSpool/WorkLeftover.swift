/// What lies in `work/` and is no claim, by its path below `work/`.
package enum WorkLeftover: Sendable, Hashable {
  /// A folder of ours that holds nothing: a claim was cut off before it, or has left it.
  case folder(FilePath)
  /// A copy of an item that had not replaced it; the item itself is there.
  case copy(FilePath)
  /// Nothing that Sluice puts there, or a copy whose item is not there.
  case stray(FilePath)

  package var path: FilePath {
    switch self {
    case .folder(let path), .copy(let path), .stray(let path): path
    }
  }

  /// Whether it can go without anything being lost.
  package var isSpare: Bool { if case .stray = self { false } else { true } }
}
