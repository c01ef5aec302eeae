import ArgumentParser
import Glibc
import SluiceActions
import SluiceCore

/// A release to a new file of the caller: written with their rights, synced, compared, and only then
/// confirmed, so that the item leaves.
struct Export {
  let desk: ReviewDesk
  let item: String
  let reason: String
  let allow: Bool
  let json: Bool

  func run(to path: String) throws {
    let kept = try desk.ask(.get, ["quarantine", item])
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure("cannot make '\(path)': \(String(cString: strerror(errno)))")
    }
    let file = OpenFile(descriptor: descriptor)
    do {
      try desk.export(item, why: reason, into: file.descriptor)
      try settle(file, path, kept)
    } catch {
      unlink(path)
      throw error
    }
    let answer = try desk.ask(
      .post, ["quarantine", item, "exported"],
      body: [
        .init("why", .string(reason)), .init("path", .string(absolute(path))),
        .init("allow", .bool(allow)),
      ])
    if json { return Terminal.write(answer) }
    Terminal.write("\(item)  released to \(Display.escape(path))")
    Removals.show(suggestion: answer["suggestion"])
  }

  /// The bytes are those that were judged, and on the disk.
  private func settle(_ file: borrowing OpenFile, _ path: String, _ kept: JSON) throws {
    let sha256: Digest
    do { sha256 = try file.digest().sha256 } catch { throw Failure(error.message) }
    guard sha256.description == kept["sha256"]?.text else {
      throw Failure("what arrived is not what was kept; nothing was released")
    }
    if let mode = kept["file"]?["mode"]?.text.flatMap({ UInt32($0, radix: 8) }) {
      fchmod(file.descriptor, mode & 0o777)
    }
    if let modified = kept["file"]?["modified"]?.integer, modified >= 0 {
      let time = timespec(tv_sec: modified / 1_000_000_000, tv_nsec: modified % 1_000_000_000)
      futimens(file.descriptor, [time, time])
    }
    let parent = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(folder) }
    guard fsync(file.descriptor) == 0, folder >= 0, fsync(folder) == 0 else {
      throw Failure("cannot sync '\(path)': \(String(cString: strerror(errno)))")
    }
  }

  private func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return String(cString: here) + "/" + path
  }
}
