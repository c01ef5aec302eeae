import ArgumentParser
import Glibc
import SluiceCore
import SluiceDaemon

/// `sluice init`: a place to try Sluice in.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Lay out a spool, a log, a configuration and sample items to try.")

  @Option(
    name: .long,
    help: ArgumentHelp("Packs that the configuration shall name.", valueName: "dir"))
  var rules: [String] = []

  @Argument(help: ArgumentHelp("A directory that is new or empty.", valueName: "dir"))
  var directory: String

  func run() throws {
    let root = try Self.absolute(directory, create: true)
    var packs: [String] = []
    for path in rules { packs.append(try Self.absolute(path, create: false)) }
    if packs.isEmpty { packs = Config().rulePaths.filter { access($0, F_OK) == 0 } }
    for folder in ["samples", "log", "state", "rules.d"] {
      guard mkdir("\(root)/\(folder)", folder == "samples" ? 0o755 : 0o750) == 0 else {
        throw Failure("\(root)/\(folder): \(String(cString: strerror(errno)))")
      }
    }
    try Self.write(Self.configuration(root, packs: packs), to: "\(root)/sluice.yaml")
    for sample in Samples.all { try Self.write(sample.bytes, to: "\(root)/samples/\(sample.name)") }
    Terminal.write("\(directory): a spool, a log, sluice.yaml and \(Samples.all.count) samples")
    Terminal.write("next: sluiced --config \(directory)/sluice.yaml &")
    Terminal.write("      cp \(directory)/samples/* \(directory)/spool/incoming/")
    Terminal.write("      sluice log show --config \(directory)/sluice.yaml")
  }

  private static func configuration(_ root: String, packs: [String]) -> [UInt8] {
    let paths = (packs + ["\(root)/rules.d"]).map { "    - '\($0.replacingQuotes)'" }
    return Array(
      """
      # Everything of this trial lies in one directory. sluice.yaml(5) has all keys.
      spool:
        path: '\(root.replacingQuotes)/spool'
      rules:
        paths:
      \(paths.joined(separator: "\n"))
      log:
        path: '\(root.replacingQuotes)/log'
      state:
        path: '\(root.replacingQuotes)/state'
      control:
        socket: '\(root.replacingQuotes)/control.sock'
      limits:
        free_space: 64MiB

      """.utf8)
  }

  /// The path without links; a directory that is created must not hold anything yet.
  private static func absolute(_ path: String, create: Bool) throws -> String {
    if create, mkdir(path, 0o755) != 0, errno != EEXIST {
      throw Failure("\(path): \(String(cString: strerror(errno)))")
    }
    guard let resolved = realpath(path, nil) else {
      throw Failure("\(path): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    if create {
      guard let listing = opendir(resolved) else {
        throw Failure("\(path): \(String(cString: strerror(errno)))")
      }
      defer { closedir(listing) }
      var entries = 0
      while readdir(listing) != nil { entries += 1 }
      if entries > 2 { throw Failure("\(path) is not empty; name a new directory") }
    }
    return String(cString: resolved)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress!, $0.count) }
    guard count == bytes.count else {
      throw Failure("\(path): \(String(cString: strerror(errno)))")
    }
  }
}

extension String {
  /// For a single-quoted YAML scalar.
  fileprivate var replacingQuotes: String {
    split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
  }
}
