import CSluiceSystem
import Crypto
import Glibc
import SluiceCore

/// Names what beside rules and text decides how a match comes out: this program, the libraries that
/// it has loaded, the abilities of the CPU. What was learned or compiled under one identity is worth
/// nothing under another.
enum EngineIdentity {
  /// A SHA-256; the same for every process of one installation on one machine.
  static let digest: [UInt8] = {
    var hash = SHA256()
    hash.update(data: Array(SluiceVersion.text.utf8))
    for object in objects { hash.update(data: [0] + Array(object.utf8)) }
    var words = [UInt64](repeating: 0, count: 32)
    let count = sluice_cpu_words(&words, words.count)
    for word in words.prefix(count) {
      withUnsafeBytes(of: word.littleEndian) { hash.update(bufferPointer: $0) }
    }
    return Array(hash.finalize())
  }()

  /// The program and its shared libraries, each by the build id that its linker gave it; sorted,
  /// since the order in which they are loaded says nothing.
  static var objects: [String] {
    var objects: [String] = []
    withUnsafeMutablePointer(to: &objects) { pointer in
      sluice_loaded_objects(
        { path, id, size, context in
          let path = String(cString: path!)
          let id = Array(UnsafeBufferPointer(start: id, count: size))
          context!.assumingMemoryBound(to: [String].self).pointee.append(
            EngineIdentity.object(path, id: id))
        }, pointer)
    }
    return objects.sorted()
  }

  private static func object(_ path: String, id: [UInt8]) -> String {
    guard id.isEmpty else { return "id \(Hex.encode(id))" }
    // One that the kernel provides (vdso) has no file, and decides nothing.
    let file = path.isEmpty ? "/proc/self/exe" : path
    var facts = stat()
    guard stat(file, &facts) == 0 else { return "file \(file)" }
    return
      "file \(file) \(facts.st_ino) \(facts.st_size) \(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec) \(facts.st_ctim.tv_sec)"
  }
}
