import Glibc

/// The one writer's hold on a log directory: flock(2) on the directory itself, so that no file is
/// left behind and a crash lets go of it.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws(LogError) {
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .call("open the directory", path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK {
        throw LogError(.locked, "another process writes this log", path: path)
      }
      throw .call("lock the directory", path: path)
    }
  }

  /// Whether somebody holds it. Only a shared lock is asked for, so that a check never keeps a
  /// writer out for longer than the call.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  deinit { close(descriptor) }

  func release() { flock(descriptor, LOCK_UN) }
}
