import Crypto
import Glibc
import SluiceCore
import SluiceMatch

/// Keeps compiled rules in a folder of this user, so that the next start need not compile them.
///
/// Nothing there is trusted for what it says: a file counts only where nobody but this user and root
/// can have written it, and where its digest and key are right. Anything else is told and made anew.
package struct CompiledCache: Sendable {
  /// What there is to say of the cache; nothing of it stops a start.
  package enum Note: Sendable, Hashable {
    /// A file that was there is not used.
    case refused(String)
    /// The compiled form could not be kept.
    case notKept(String)

    package var text: String {
      switch self {
      case .refused(let text), .notKept(let text): text
      }
    }
  }

  private static let magic = Array("SLUICEC1".utf8)
  private static let prefix = "compiled-"
  private static let headBytes = magic.count + 32 + 32
  /// Bytes of a file that are read at most.
  private static let mostBytes = 1 << 30
  /// Files that are kept: that of the live rules, and of some that may come back.
  private static let mostFiles = 4

  private let folder: String
  private let note: @Sendable (Note) -> Void

  /// - Parameters:
  ///   - folder: made (0700) when something is kept; only its last part may be missing.
  ///   - note: told what is refused or not kept.
  package init(folder: String, note: @escaping @Sendable (Note) -> Void) {
    self.folder = folder
    self.note = note
  }

  /// The cache as the matcher uses it.
  package var forms: CompiledForms {
    CompiledForms(
      engine: EngineIdentity.digest, read: { read($0) }, write: { write($0, $1) },
      refused: { note(.refused($0)) })
  }

  private static func name(_ key: SluiceCore.Digest) -> String {
    prefix + key.description.prefix(32)
  }

  func read(_ key: SluiceCore.Digest) -> [UInt8]? {
    let path = folder + "/" + Self.name(key)
    do throws(FileFailure) {
      let bytes = try ownFile(Self.name(key))
      guard let form = Self.form(in: bytes, key: key) else {
        note(.refused("\(path) is torn or was changed; the rules are compiled anew"))
        return nil
      }
      return form
    } catch {
      if !error.isMissing { note(.refused("\(error.description); the rules are compiled anew")) }
      return nil
    }
  }

  func write(_ key: SluiceCore.Digest, _ form: [UInt8]) {
    do throws(FileFailure) {
      try StateFile.makeDirectory(folder, mode: 0o700)
      let directory = try ownFolder()
      defer { close(directory) }
      let head = Self.magic + key.bytes + Array(SHA256.hash(data: form))
      try StateFile.replace(
        folder + "/" + Self.name(key), with: head + form, draft: ".\(getpid()).tmp")
      removeOld(directory)
    } catch {
      note(.notKept("\(error.description); the next start compiles the rules again"))
    }
  }

  private static func form(in bytes: [UInt8], key: SluiceCore.Digest) -> [UInt8]? {
    guard bytes.count >= headBytes, bytes.starts(with: magic + key.bytes) else { return nil }
    let form = Array(bytes[headBytes...])
    let digest = Array(SHA256.hash(data: form))
    return bytes[(headBytes - 32)..<headBytes].elementsEqual(digest) ? form : nil
  }

  /// The bytes of a file that only this user can have written.
  private func ownFile(_ name: String) throws(FileFailure) -> [UInt8] {
    let path = folder + "/" + name
    let directory = try ownFolder()
    defer { close(directory) }
    let descriptor = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: path, errno: errno) }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
      facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0
    else { throw FileFailure(operation: "trust", path: path, errno: EPERM) }
    return try StateFile.read(descriptor, path: path, limit: Self.mostBytes)
  }

  /// The folder, where nobody else can write to it.
  private func ownFolder() throws(FileFailure) -> Int32 {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(operation: "open", path: folder, errno: errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_uid == geteuid() || facts.st_uid == 0,
      facts.st_mode & 0o022 == 0
    else {
      close(descriptor)
      throw FileFailure(operation: "trust", path: folder, errno: EPERM)
    }
    return descriptor
  }

  /// Removes all but the newest files. One that cannot be removed stays.
  private func removeOld(_ directory: Int32) {
    guard let stream = fdopendir(dup(directory)) else { return }
    defer { closedir(stream) }
    rewinddir(stream)
    var files: [(seconds: Int, nanoseconds: Int, name: String)] = []
    while let entry = Glibc.readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      var facts = stat()
      guard name.hasPrefix(Self.prefix),
        fstatat(directory, name, &facts, AT_SYMLINK_NOFOLLOW) == 0
      else { continue }
      files.append((facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, name))
    }
    files.sort { ($0.seconds, $0.nanoseconds, $0.name) > ($1.seconds, $1.nanoseconds, $1.name) }
    for file in files.dropFirst(Self.mostFiles) { unlinkat(directory, file.name, 0) }
  }
}
