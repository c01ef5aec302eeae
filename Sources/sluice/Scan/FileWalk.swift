import Glibc
import SluiceCore

/// A file to judge, as the caller named it or as it lies below a directory that was named.
struct ScannedFile: Sendable {
  /// Any bytes but NUL; `-` is standard input.
  var path: [UInt8]
  var isStandardInput: Bool

  /// The last part of the path.
  var name: [UInt8] {
    isStandardInput
      ? Array("stdin".utf8) : path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? path
  }
}

/// The files that a command line names, in order, the ones below directories sorted by name.
struct FileWalk {
  private(set) var files: [ScannedFile] = []
  /// What could not be listed or is no file, a line each.
  private(set) var problems: [String] = []

  init(_ paths: [String]) {
    for path in paths {
      if path == "-" {
        files.append(ScannedFile(path: Array("-".utf8), isStandardInput: true))
      } else {
        add(Array(path.utf8), named: true)
      }
    }
  }

  private mutating func add(_ path: [UInt8], named: Bool) {
    var status = stat()
    let result = (path + [0]).withUnsafeBytes { buffer -> Int32 in
      let name = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
      return named ? stat(name, &status) : lstat(name, &status)
    }
    guard result == 0 else {
      return problems.append("\(Display.name(path)): \(String(cString: strerror(errno)))")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: files.append(ScannedFile(path: path, isStandardInput: false))
    case S_IFDIR: list(path)
    default:
      if named { problems.append("\(Display.name(path)): not a regular file") }
    }
  }

  private mutating func list(_ path: [UInt8]) {
    let directory = (path + [0]).withUnsafeBytes {
      opendir($0.baseAddress!.assumingMemoryBound(to: CChar.self))
    }
    guard let directory else {
      return problems.append("\(Display.name(path)): \(String(cString: strerror(errno)))")
    }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: UInt8.self, capacity: 256) { pointer in
          Array(
            UnsafeBufferPointer(
              start: pointer,
              count: strnlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self), 256)))
        }
      }
      if name != [46] && name != [46, 46] { names.append(name) }
    }
    names.sort { $0.lexicographicallyPrecedes($1) }
    let base = path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
    for name in names { add(base + name, named: false) }
  }
}
