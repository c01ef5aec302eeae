import CSluiceSystem
import Glibc
import SluiceCore

/// One `sluice-extract` at the other end of a socket. It is killed with this value, or at once when
/// it says nonsense, is late, or is asked for more than it should do.
final class ChildProcess {
  /// Why a child is not to be used any more.
  struct Failure: Error, Sendable, Hashable {
    enum Kind: Sendable, Hashable { case ended, late, nonsense, send }
    var kind: Kind
    var detail: String
  }

  /// Milliseconds that a child has to be ready.
  private static let start = 20_000
  /// Milliseconds between two signs of life to the watchdog.
  private static let beat: UInt64 = 1000

  let pid: pid_t
  private(set) var hello = ChildHello(confinement: [], trouble: "", decoders: [])
  private let socket: Int32
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: ChildEvent.longest + 4, alignment: 16)
  private var start = 0
  private var end = 0
  private var isAlive = true

  /// Starts a child and waits until it is ready.
  init(
    _ path: String, limits: ExtractLimits, pictures: PictureReading, alive: () -> Void
  ) throws(ReadFailure) {
    var arguments = [
      path, "--memory", String(limits.memoryBytes), "--file", String(limits.partBytes),
    ]
    arguments += ["--depth", String(limits.depth)]
    if pictures != .off { arguments += ["--pictures", pictures.rawValue] }
    let pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    let variables: [String] = ["LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no", "MALLOC_ARENA_MAX=1"]
    let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    var pid: pid_t = 0
    socket = sluice_child_start(path, pointers, environment, &pid)
    for pointer in pointers + environment { free(pointer) }
    self.pid = pid
    guard socket >= 0 else {
      isAlive = false
      throw ReadFailure(starting: path, errno: -socket, "")
    }
    do throws(Failure) {
      let deadline = Self.now + UInt64(Self.start)
      guard case .hello(let hello) = try next(until: deadline, alive: alive),
        hello.version == ChildHello.version
      else { throw Failure(kind: .nonsense, detail: "its first words were no greeting") }
      self.hello = hello
    } catch {
      throw ReadFailure(starting: path, errno: EAGAIN, error.detail)
    }
  }

  deinit {
    stop()
    buffer.deallocate()
  }

  func send(_ request: ChildRequest, _ descriptor: Int32) throws(Failure) {
    var frame = WireWriter()
    frame.block(request.bytes)
    let code = sluice_child_send(socket, frame.bytes, frame.bytes.count, descriptor)
    guard code == 0 else {
      throw ended("it does not listen: \(String(cString: strerror(-code)))")
    }
  }

  /// The next frame; what it points to is valid until the next call.
  func next(until deadline: UInt64, alive: () -> Void) throws(Failure) -> ChildEvent {
    while true {
      if end - start >= 4 {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        guard length > 0, length <= ChildEvent.longest else {
          throw Failure(kind: .nonsense, detail: "it sent a frame of \(length) bytes")
        }
        if bytes.count >= 4 + length {
          start += 4 + length
          do {
            return try ChildEvent(UnsafeRawBufferPointer(rebasing: bytes[4..<4 + length]))
          } catch {
            throw Failure(kind: .nonsense, detail: "it sent a frame that means nothing")
          }
        }
      }
      try fill(until: deadline, alive: alive)
    }
  }

  private func fill(until deadline: UInt64, alive: () -> Void) throws(Failure) {
    if start > 0 {
      memmove(buffer.baseAddress!, buffer.baseAddress! + start, end - start)
      (start, end) = (0, end - start)
    }
    while true {
      alive()
      let now = Self.now
      guard now < deadline else {
        throw Failure(kind: .late, detail: "it did not finish in time")
      }
      var wait = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, Int32(min(Self.beat, deadline - now)))
      if ready < 0, errno != EINTR {
        throw Failure(kind: .ended, detail: "poll: \(String(cString: strerror(errno)))")
      }
      guard ready > 0 else { continue }
      let count = recv(socket, buffer.baseAddress! + end, buffer.count - end, Int32(MSG_DONTWAIT))
      if count > 0 {
        end += count
        return
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      throw ended("it ended")
    }
  }

  private func ended(_ what: String) -> Failure {
    isAlive = false
    close(socket)
    let status = sluice_child_end(pid)
    let (signal, code) = (status & 0x7F, status >> 8 & 0xFF)
    // A child that is reaped by our own kill left without one.
    let how =
      signal == 0
      ? "with status \(code)" : "by signal \(signal) (\(String(cString: strsignal(signal))))"
    return Failure(kind: .ended, detail: "\(what) \(how)")
  }

  func stop() {
    guard isAlive else { return }
    isAlive = false
    close(socket)
    sluice_child_end(pid)
  }

  /// Milliseconds of the monotonic clock.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
