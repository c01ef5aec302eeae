import Glibc
import SluiceCore
import SluiceLog
import Testing

@testable import SluiceActions

/// The promise, as a check: every dropped file in exactly one place, with its content, where its
/// deciding record says; the log verifies.
struct Audit {
  let site: Site
  /// Path below the spool, and content, of everything that is not a sidecar.
  private(set) var files: [(path: String, text: String)] = []
  private(set) var sidecars: [String] = []

  init(_ site: Site) {
    self.site = site
    for folder in ["incoming", "work", "passed", "annotated", "quarantine", "held"] {
      walk(folder)
    }
  }

  private mutating func walk(_ folder: String) {
    guard let stream = opendir(site.spoolPath + "/" + folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let path = folder + "/" + name
      if entry.pointee.d_type == UInt8(DT_DIR) {
        walk(path)
      } else if name.hasSuffix(".json") || name.hasSuffix(".tmp") {
        sidecars.append(path)
      } else {
        files.append((path, site.contents(path) ?? ""))
      }
    }
  }

  /// - Parameter dropped: the contents, each one different.
  func check(
    _ dropped: [String], comment: Comment = "", location: SourceLocation = #_sourceLocation
  ) throws {
    for text in dropped {
      let places = files.filter { $0.text == text }
      #expect(places.count == 1, "\(comment) '\(text)': \(places)", sourceLocation: location)
    }
    let strangers = files.filter { !dropped.contains($0.text) }
    #expect(strangers.isEmpty, "\(comment) \(strangers)", sourceLocation: location)
    var decisions: [Digest: DecisionRecord] = [:]
    var placed: [ItemID: [UInt8]] = [:]
    for entry in try site.records() {
      if let decision = entry.decision { decisions[decision.sha256] = decision }
      if entry.event == .itemPlaced, let item = entry.item {
        placed[item] = DecisionRecord.bytes(entry.json, key: "destination_name")
      }
    }
    for (path, text) in files {
      let folder = path.prefix { $0 != "/" }
      guard folder != "incoming", folder != "work" else { continue }
      let decision = decisions[try site.digest(path)]
      guard let decision else {
        Issue.record("\(comment) \(path) '\(text)' has no record", sourceLocation: location)
        continue
      }
      let name = placed[decision.item] ?? decision.destinationName ?? []
      #expect(
        decision.destination + "/" + String(decoding: name, as: UTF8.self) == path, "\(comment)",
        sourceLocation: location)
      if folder == "quarantine" || folder == "held" {
        #expect(sidecars.contains(path + ".json"), "\(comment)", sourceLocation: location)
      }
      if folder == "annotated" {
        #expect(sidecars.contains(path + ".sluice.json"), "\(comment)", sourceLocation: location)
      }
    }
    // No sidecar stands alone.
    for sidecar in sidecars {
      let path = sidecar.hasSuffix(".sluice.json") ? sidecar.dropLast(12) : sidecar.dropLast(5)
      #expect(
        files.contains { $0.path == path }, "\(comment) \(sidecar) stands alone",
        sourceLocation: location)
    }
    let report = try LogVerifier.verify(site.logPath, options: .init(isLive: true))
    #expect(report.isGood, "\(comment) \(report)", sourceLocation: location)
  }

  /// As `check`, and nothing is left to do.
  func checkDone(
    _ dropped: [String], comment: Comment = "", location: SourceLocation = #_sourceLocation
  ) throws {
    try check(dropped, comment: comment, location: location)
    let left = files.filter { $0.path.hasPrefix("incoming/") || $0.path.hasPrefix("work/") }
    #expect(left.isEmpty, "\(comment) \(left)", sourceLocation: location)
  }
}

extension Site {
  func digest(_ path: String) throws -> Digest {
    let file = OpenFile(descriptor: Glibc.open(spoolPath + "/" + path, O_RDONLY | O_CLOEXEC))
    return try file.digest().sha256
  }
}
