import CSluiceSystem
import Glibc

/// The entries of one folder, one at a time, in the order the disk gives them.
final class FolderReader {
  /// The folder's own descriptor, for calls on its entries.
  let descriptor: Int32
  private let stream: OpaquePointer

  /// Takes over `descriptor` and closes it in the end.
  init(_ descriptor: Int32, path: FilePath) throws(SpoolError) {
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      Glibc.close(descriptor)
      throw SpoolError("read folder", path, errno: code)
    }
    self.descriptor = descriptor
    self.stream = stream
  }

  deinit { closedir(stream) }

  struct Entry {
    var name: FilePath
    /// What the folder itself knows; `unknown` where it does not say.
    var kind: FileKind
  }

  func next(path: @autoclosure () -> FilePath) throws(SpoolError) -> Entry? {
    var name: UnsafePointer<CChar>?
    var type: UInt8 = 0
    let result = sluice_folder_next(stream, &name, &type)
    if result < 0 { throw SpoolError("read folder", path(), errno: -result) }
    guard result == 1, let name else { return nil }
    let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
    // d_type is the file type's bits of a mode, shifted (IFTODT of <dirent.h>).
    return Entry(name: Array(bytes), kind: FileKind(mode: UInt32(type) << 12))
  }

  func rewind() { rewinddir(stream) }
}
