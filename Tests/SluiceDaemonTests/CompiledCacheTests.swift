import Glibc
import SluiceCore
import SluiceTestSupport
import Synchronization
import Testing

@testable import SluiceDaemon

@Suite struct CompiledCacheTests {
  private final class Notes: Sendable {
    private let notes = Mutex<[CompiledCache.Note]>([])
    func add(_ note: CompiledCache.Note) { notes.withLock { $0.append(note) } }
    var all: [CompiledCache.Note] { notes.withLock { $0 } }
    var refused: Int { all.count { if case .refused = $0 { true } else { false } } }
    var notKept: Int { all.count { if case .notKept = $0 { true } else { false } } }
  }

  private let directory = TemporaryDirectory()
  private let notes = Notes()
  private let form = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  private var folder: String { directory.path + "/compiled" }
  private var cache: CompiledCache { CompiledCache(folder: folder) { [notes] in notes.add($0) } }

  private func key(_ number: UInt8) throws -> Digest {
    try #require(Digest(bytes: [UInt8](repeating: number, count: 32)))
  }

  /// The one file in the folder.
  private func file() throws -> String {
    let names = try FolderNames.read(folder)
    #expect(names.count == 1)
    return folder + "/" + (try #require(names.first))
  }

  @Test("What was kept comes back, under its own key only, and nothing is said")
  func roundTrip() throws {
    #expect(cache.read(try key(1)) == nil)
    cache.write(try key(1), form)
    #expect(cache.read(try key(1)) == form)
    #expect(cache.read(try key(2)) == nil)
    #expect(notes.all == [])
    #expect(try FolderNames.mode(file()) == 0o600)
    #expect(try FolderNames.mode(folder) == 0o700)
  }

  @Test(
    "A file that is torn, longer, or has one byte changed is refused with a word",
    arguments: [0, 7, 8, 40, 71, 72, 2000, 5071, -1, -2])
  func damaged(at place: Int) throws {
    cache.write(try key(1), form)
    let path = try file()
    var bytes = try StateFile.read(path)
    switch place {
    case -1: bytes.append(0)
    case -2: bytes.removeLast(100)
    default: bytes[place] ^= 1
    }
    try StateFile.replace(path, with: bytes)
    #expect(cache.read(try key(1)) == nil)
    #expect(notes.refused == 1)
    cache.write(try key(1), form)
    #expect(cache.read(try key(1)) == form)
  }

  @Test("A file under the name of another key is refused")
  func otherKey() throws {
    cache.write(try key(1), form)
    let other = try file().replacing(
      try key(1).description.prefix(32), with: try key(2).description.prefix(32))
    #expect(rename(try file(), other) == 0)
    #expect(cache.read(try key(2)) == nil)
    #expect(notes.refused == 1)
  }

  @Test("A file or folder that others may write to is refused")
  func writableByOthers() throws {
    cache.write(try key(1), form)
    let path = try file()
    for mode: mode_t in [0o620, 0o602, 0o666] {
      chmod(path, mode)
      #expect(cache.read(try key(1)) == nil)
    }
    chmod(path, 0o600)
    #expect(cache.read(try key(1)) == form)
    chmod(folder, 0o777)
    #expect(cache.read(try key(1)) == nil)
    cache.write(try key(2), form)
    chmod(folder, 0o700)
    #expect(cache.read(try key(2)) == nil)
    #expect(notes.refused == 4)
    #expect(notes.notKept == 1)
  }

  @Test("A file of another user is refused", .enabled(if: geteuid() == 0))
  func otherOwner() throws {
    cache.write(try key(1), form)
    let path = try file()
    #expect(chown(path, 65534, 65534) == 0)
    #expect(cache.read(try key(1)) == nil)
    #expect(notes.refused == 1)
  }

  @Test("A link in place of the file is refused")
  func link() throws {
    cache.write(try key(1), form)
    let path = try file()
    #expect(rename(path, directory.path + "/elsewhere") == 0)
    #expect(symlink(directory.path + "/elsewhere", path) == 0)
    #expect(cache.read(try key(1)) == nil)
    #expect(notes.refused == 1)
  }

  @Test("Where nothing can be written the rules are compiled and the reason is told")
  func readOnly() throws {
    directory.write("plain", "a file")
    let cache = CompiledCache(folder: directory.path + "/plain/compiled") { [notes] in
      notes.add($0)
    }
    cache.write(try key(1), form)
    #expect(cache.read(try key(1)) == nil)
    #expect(notes.notKept == 1)
  }

  @Test("Only the newest few files are kept")
  func bounded() throws {
    for number: UInt8 in 1...9 { cache.write(try key(number), form) }
    #expect(try FolderNames.read(folder).count == 4)
    #expect(cache.read(try key(9)) == form)
    #expect(cache.read(try key(1)) == nil)
  }

  @Test("The identity of the engine names this program and every library by its build id")
  func identity() {
    let objects = EngineIdentity.objects
    #expect(objects.count { $0.hasPrefix("id ") } > 3)
    #expect(EngineIdentity.digest.count == 32)
  }
}

/// Names in a folder, and modes.
private enum FolderNames {
  static func read(_ path: String) throws -> [String] {
    let stream = try #require(opendir(path))
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  static func mode(_ path: String) throws -> mode_t {
    var facts = stat()
    try #require(stat(path, &facts) == 0)
    return facts.st_mode & 0o777
  }
}
