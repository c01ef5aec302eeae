import CSluiceSystem
import Glibc

/// The file `format`, which says which version of Sluice's layout a spool has.
enum SpoolFormat {
  static let version = 1
  static let name = FilePath("format".utf8)
  private static let word = "sluice-spool "

  /// Checks the version; writes it where there is none. Called under the lock.
  static func settle(in root: Int32, spool: String, calls: FileCalls) throws(SpoolError) {
    let path = FilePath((spool + "/format").utf8)
    let opened = name.withCPath { sluice_file_open(root, $0) }
    if opened == -ENOENT { return try write(in: root, path: path, calls: calls) }
    if opened < 0 { throw SpoolError("open", path, errno: -opened) }
    let file = Descriptor(opened)
    var bytes = FilePath(repeating: 0, count: 64)
    let count = bytes.withUnsafeMutableBytes { calls.read(file.number, $0, 0) }
    if count < 0 { throw SpoolError("read", path, errno: Int32(-count)) }
    let text = String(decoding: bytes[..<Int(count)], as: UTF8.self)
    guard text.hasPrefix(word), text.hasSuffix("\n"),
      let found = Int(text.dropFirst(word.count).dropLast()), found > 0
    else {
      throw SpoolError(.damagedFormat, "\(spool)/format does not say which version the spool has")
    }
    if found > version {
      throw SpoolError(
        .newerFormat,
        "\(spool) has layout \(found); this version of Sluice knows layouts up to \(version)")
    }
    // Layout 1 is the first. A later version migrates here, step by step from `found`, and writes
    // the new number last.
  }

  private static func write(in root: Int32, path: FilePath, calls: FileCalls) throws(SpoolError) {
    let made = try calls.check(calls.unnamed(root, 0o644), "make", path)
    let file = Descriptor(made)
    let text = FilePath("\(word)\(version)\n".utf8)
    let written = text.withUnsafeBytes { calls.write(file.number, $0, 0) }
    if written < 0 { throw SpoolError("write", path, errno: Int32(-written)) }
    if written != text.count { throw SpoolError("write", path, errno: ENOSPC) }
    try calls.check(calls.setMode(file.number, 0o644), "chmod", path)
    try calls.check(calls.syncFile(file.number), "sync", path)
    try calls.check(calls.link(file.number, root, name), "link", path)
    try calls.check(calls.syncFile(root), "sync", path)
  }
}
