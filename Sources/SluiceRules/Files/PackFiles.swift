import SluiceCore

import struct Crypto.SHA256

/// All files of one pack as they were at one moment.
struct PackFiles: Sendable, Equatable {
  struct File: Sendable, Equatable {
    /// Nil for files that are neither rules nor sums: of those only the digest counts.
    var bytes: [UInt8]?
    var digest: Digest

    static func == (left: File, right: File) -> Bool { left.digest == right.digest }
  }

  static let manifest = "pack.yaml"
  static let sums = "SHA256SUMS"
  static let signature = "SHA256SUMS.sig"
  static let emptyDigest = Digest(bytes: Array(SHA256.hash(data: [UInt8]())))!

  /// As it was named.
  var directory: String
  /// By path in the pack.
  var files: [String: File] = [:]
  /// Why files are missing here.
  var problems: [Diagnostic] = []

  private var total = 0
  private var tooLarge = false

  /// - Parameter follow: whether the directory itself may be a link.
  init(_ directory: String, follow: Bool, limits: PackReader.Limits) {
    self.directory = directory
    do throws(FileFault) {
      let root = try Directory(directory, follow: follow)
      read(root, prefix: "", depth: 0, limits: limits)
    } catch {
      report(error, directory)
    }
  }

  /// The digest of its files: each path, NUL, SHA-256, in order of path; sums and signature left
  /// out, so that signing a pack does not change it.
  var digest: Digest {
    var hash = SHA256()
    for path in files.keys.sorted() where path != Self.sums && path != Self.signature {
      hash.update(data: Array(path.utf8) + [0] + files[path]!.digest.bytes)
    }
    return Digest(bytes: Array(hash.finalize()))!
  }

  /// The paths of its rule files, in order.
  var ruleFiles: [String] {
    files.keys.filter { $0.hasSuffix(".yaml") && $0 != Self.manifest }.sorted()
  }

  func source(_ path: String) -> SourceText {
    SourceText(path: directory + "/" + path, bytes: files[path]?.bytes ?? [])
  }

  private mutating func read(
    _ directory: borrowing Directory, prefix: String, depth: Int, limits: PackReader.Limits
  ) {
    let names: (names: [String], bad: [String])
    do throws(FileFault) {
      names = try directory.names()
    } catch {
      report(error, self.directory + "/" + prefix)
      return
    }
    for name in names.bad {
      let fault = FileFault(
        .fileName, "the file's name is no UTF-8, or holds a control character or a backslash")
      report(fault, path(prefix + name))
    }
    for name in names.names {
      do throws(FileFault) {
        try read(name, in: directory, prefix: prefix, depth: depth, limits: limits)
      } catch {
        report(error, path(prefix + name))
      }
    }
  }

  private mutating func read(
    _ name: String, in directory: borrowing Directory, prefix: String, depth: Int,
    limits: PackReader.Limits
  ) throws(FileFault) {
    let identity = try FileIdentity(directory: directory.descriptor, name: name)
    if identity.isLink { throw .symbolicLink }
    if identity.isDirectory {
      guard depth < 8 else {
        throw FileFault(.packTooLarge, "directories of a pack are nested at most 8 deep")
      }
      let inner = try Directory(name, in: directory.descriptor, follow: false)
      read(inner, prefix: prefix + name + "/", depth: depth + 1, limits: limits)
      return
    }
    guard identity.isRegular else { throw .notAFile }
    if name.hasSuffix(".yml") {
      throw FileFault(
        .strayFile, "files that end in .yml are not read", hint: "rule files end in .yaml")
    }
    try add(name, in: directory, prefix: prefix, size: identity.size, limits: limits)
  }

  private mutating func add(
    _ name: String, in directory: borrowing Directory, prefix: String, size: Int,
    limits: PackReader.Limits
  ) throws(FileFault) {
    let isText =
      name.hasSuffix(".yaml") || prefix + name == Self.sums || prefix + name == Self.signature
    if tooLarge { return }
    if isText { total += size }
    guard total <= limits.packBytes, files.count < limits.packFiles else {
      tooLarge = true
      throw FileFault(
        .packTooLarge,
        "the pack has more than \(limits.packBytes) bytes of rules or \(limits.packFiles) files")
    }
    let content = try SourceFile.read(
      directory: directory.descriptor, name,
      limit: isText ? limits.yaml.bytes : limits.listBytes, keep: isText ? Int.max : 0)
    files[prefix + name] = File(bytes: content.bytes, digest: content.digest)
  }

  private func path(_ name: String) -> String { directory + "/" + name }

  private mutating func report(_ fault: FileFault, _ path: String) {
    problems.append(
      Diagnostic(path: path, code: fault.code.rawValue, fault.message, hint: fault.hint))
  }
}
