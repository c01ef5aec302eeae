import CSluiceSystem
import Glibc

/// Extended attributes of dropped files.
enum Attributes {
  private static let ours = FilePath("user.sluice.".utf8)
  private static let user = FilePath("user.".utf8)

  /// What became of attributes that only Sluice sets.
  enum Forged {
    case none, removed
    /// It cannot be told or done (a file closed to writing): a copy without them has to stand in.
    case cannotTell
  }

  /// Removes the attributes that only Sluice sets.
  static func removeForged(from file: Int32) -> Forged {
    guard let names = names(of: file) else { return .cannotTell }
    var result = Forged.none
    for name in names where name.starts(with: ours) {
      if name.withCPath({ sluice_attribute_remove(file, $0) }) < 0 { return .cannotTell }
      result = .removed
    }
    return result
  }

  /// Copies the user's own attributes, as far as they fit; never one of ours.
  static func copy(from file: Int32, to copy: Int32) {
    for name in names(of: file) ?? [] where name.starts(with: user) && !name.starts(with: ours) {
      let size = name.withCPath { sluice_attribute_get(file, $0, nil, 0) }
      guard size >= 0 else { continue }
      var value = FilePath(repeating: 0, count: size)
      let got = name.withCPath { name in
        value.withUnsafeMutableBytes { sluice_attribute_get(file, name, $0.baseAddress, $0.count) }
      }
      guard got >= 0 else { continue }
      // What the file system has no room for is not worth stopping the work: the bytes are what
      // was dropped.
      _ = name.withCPath { name in
        value.withUnsafeBytes { sluice_attribute_set(copy, name, $0.baseAddress, got) }
      }
    }
  }

  /// nil where the list cannot be read; empty where the file system has no attributes.
  private static func names(of file: Int32) -> [FilePath]? {
    let size = sluice_attribute_list(file, nil, 0)
    if size < 0 { return errno == EOPNOTSUPP ? [] : nil }
    if size == 0 { return [] }
    // Room for one that is added in between; if that is not enough, the call fails.
    var list = [CChar](repeating: 0, count: size + 256)
    let got = list.withUnsafeMutableBufferPointer {
      sluice_attribute_list(file, $0.baseAddress, $0.count)
    }
    if got < 0 { return nil }
    return list[..<got].split(separator: 0).map { $0.map { UInt8(bitPattern: $0) } }
  }
}
