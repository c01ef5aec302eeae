import Glibc
import SluiceCore

/// All packs and override files under the given paths, as they were at one moment.
///
/// A set may be replaced while it is read. It is read until two readings in a row are the same: what
/// a file held at both, it held at the moment between them, so that nothing is a mixture.
struct SetFiles: Sendable, Equatable {
  /// Readings after which a set that keeps changing is refused.
  static let mostReadings = 8

  var packs: [PackFiles] = []
  var overrides: [OverrideFile] = []
  var problems: [Diagnostic] = []

  struct OverrideFile: Sendable, Equatable {
    var path: String
    var bytes: [UInt8]
    var digest: Digest
  }

  /// - Returns: the set and whether it stood still.
  static func read(_ paths: [String], limits: PackReader.Limits) -> SetFiles {
    var previous = SetFiles(once: paths, limits: limits)
    for _ in 1..<mostReadings {
      let next = SetFiles(once: paths, limits: limits)
      if next == previous { return next }
      previous = next
    }
    for path in paths {
      previous.problems.append(
        Diagnostic(
          path: path, code: DiagnosticCode.changedWhileReading.rawValue,
          "the files keep changing while they are read",
          hint: "write a new set beside the old one and rename it into place"))
    }
    return previous
  }

  private init(once paths: [String], limits: PackReader.Limits) {
    for path in paths {
      var path = path
      while path.count > 1, path.hasSuffix("/") { path.removeLast() }
      do throws(FileFault) {
        try read(path, limits: limits)
      } catch {
        report(error, path)
      }
    }
  }

  private mutating func read(_ path: String, limits: PackReader.Limits) throws(FileFault) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .system("read") }
    if FileIdentity(status).isRegular, path.hasSuffix(".yaml") {
      try addOverrides(path, limits: limits)
      return
    }
    let directory = try Directory(path, follow: true)
    let (names, _) = try directory.names()
    if names.contains(PackFiles.manifest) {
      packs.append(PackFiles(path, follow: true, limits: limits))
      return
    }
    for name in names {
      do throws(FileFault) {
        try read(name, in: directory, path: path, limits: limits)
      } catch {
        report(error, path + "/" + name)
      }
    }
  }

  private mutating func read(
    _ name: String, in directory: borrowing Directory, path: String, limits: PackReader.Limits
  ) throws(FileFault) {
    let identity = try FileIdentity(directory: directory.descriptor, name: name)
    if identity.isLink { throw .symbolicLink }
    if identity.isDirectory {
      let names = try Directory(name, in: directory.descriptor, follow: false).names().names
      if names.contains(PackFiles.manifest) {
        packs.append(PackFiles(path + "/" + name, follow: false, limits: limits))
      } else if names.contains(where: { $0.hasSuffix(".yaml") }) {
        throw FileFault(
          .missingManifest, "the directory holds rules but no \(PackFiles.manifest)",
          hint: "a pack says in \(PackFiles.manifest) what it covers")
      }
    } else if name.hasPrefix("overrides"), name.hasSuffix(".yaml") {
      try addOverrides(path + "/" + name, limits: limits)
    } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      throw FileFault(
        .strayFile, "the file belongs to no pack and is not read",
        hint: "rules lie in a directory with a \(PackFiles.manifest); a site's overrides are named "
          + "overrides….yaml")
    }
  }

  private mutating func addOverrides(
    _ path: String, limits: PackReader.Limits
  ) throws(FileFault) {
    let content = try SourceFile.read(path, limit: limits.yaml.bytes)
    overrides.append(
      OverrideFile(path: path, bytes: content.bytes ?? [], digest: content.digest))
  }

  private mutating func report(_ fault: FileFault, _ path: String) {
    problems.append(
      Diagnostic(path: path, code: fault.code.rawValue, fault.message, hint: fault.hint))
  }
}
