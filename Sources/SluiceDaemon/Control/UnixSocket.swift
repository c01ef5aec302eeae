import CSluiceSystem
import Glibc
import SluiceCore

/// Unix stream sockets by path, of any length, and who is at the other end.
enum UnixSocket {
  struct Failure: Error, Sendable {
    var call: String
    var errno: Int32
    var message: String { "\(call): \(String(cString: strerror(errno)))" }
  }

  /// What the kernel says of a peer when it connected.
  struct Peer: Sendable, Hashable {
    var pid: Int32
    var user: UInt32
    var group: UInt32
  }

  static func listen(path: String, mode: mode_t, backlog: Int32 = 16) throws(Failure) -> Int32 {
    let descriptor = try open()
    // A socket file that nobody listens on is left over from a killed daemon. The lock on the spool
    // was taken before this, so it is ours to remove.
    unlink(path)
    let old = umask(0o777 & ~mode)
    let bound = withAddress(of: path) { bind(descriptor, $0, $1) }
    let code = errno
    umask(old)
    guard bound == 0 else {
      close(descriptor)
      throw Failure(call: "bind \(path)", errno: code)
    }
    guard Glibc.listen(descriptor, backlog) == 0 else {
      let code = errno
      close(descriptor)
      throw Failure(call: "listen \(path)", errno: code)
    }
    return descriptor
  }

  static func connect(path: String, timeoutSeconds: Int) throws(Failure) -> Int32 {
    let descriptor = try open()
    setTimeouts(descriptor, seconds: timeoutSeconds)
    guard withAddress(of: path, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
      let code = errno
      close(descriptor)
      throw Failure(call: "connect \(path)", errno: code)
    }
    return descriptor
  }

  /// A read or a write that takes longer fails with EAGAIN.
  static func setTimeouts(_ descriptor: Int32, seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  static func peer(of descriptor: Int32) throws(Failure) -> Peer {
    var peer = Peer(pid: 0, user: 0, group: 0)
    guard sluice_peer(descriptor, &peer.pid, &peer.user, &peer.group) == 0 else {
      throw Failure(call: "getsockopt SO_PEERCRED", errno: errno)
    }
    return peer
  }

  /// Writes all of it; a closed peer is an error, never a signal.
  static func send(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(Failure) {
    var sent = 0
    while sent < bytes.count {
      let count = Glibc.send(
        descriptor, bytes.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      if count > 0 {
        sent += count
      } else if count < 0, errno == EINTR {
        continue
      } else {
        throw Failure(call: "send", errno: errno)
      }
    }
  }

  static func send(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    do {
      try bytes.withUnsafeBytes { try send($0, to: descriptor) }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(call: "send", errno: EIO)
    }
  }

  /// - Returns: how many bytes were read; 0 at the end.
  static func receive(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32)
    throws(Failure) -> Int
  {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count }
      if errno != EINTR { throw Failure(call: "recv", errno: errno) }
    }
  }

  private static func open() throws(Failure) -> Int32 {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { throw Failure(call: "socket", errno: errno) }
    return descriptor
  }

  /// An address holds 107 bytes of path. A longer path goes by a descriptor of its folder.
  private static func withAddress(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var folder: Int32 = -1
    var short = Array(path.utf8)
    if short.count > 107 {
      let slash = short.lastIndex(of: UInt8(ascii: "/")) ?? 0
      let parent = String(decoding: short[..<max(slash, 1)], as: UTF8.self)
      folder = sluice_open_folder_path(parent)
      guard folder >= 0 else { return -1 }
      short = Array("/proc/self/fd/\(folder)".utf8) + short[slash...]
    }
    defer {
      let code = errno
      if folder >= 0 { close(folder) }
      errno = code
    }
    guard short.count <= 107, !short.isEmpty else {
      errno = ENAMETOOLONG
      return -1
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: short) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
