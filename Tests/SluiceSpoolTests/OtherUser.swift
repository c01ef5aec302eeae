import Glibc
import Testing

/// Runs a piece of a test as an unprivileged user: the credentials of one thread alone, as the
/// kernel keeps them.
enum OtherUser {
  static let id: UInt32 = 65_534

  private final class Work: @unchecked Sendable {
    // Written by the thread and read after it was joined.
    let body: () throws -> Void
    var failure: (any Error)?
    init(_ body: @escaping () throws -> Void) { self.body = body }
  }

  /// - Returns: without running it where this process cannot change users.
  static func run(_ body: @escaping () throws -> Void) throws {
    guard geteuid() == 0 else { return }
    let work = Work(body)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { raw in
        let work = Unmanaged<Work>.fromOpaque(raw!).takeRetainedValue()
        do {
          try #require(OtherUser.become(OtherUser.id))
          try work.body()
        } catch {
          work.failure = error
        }
        return nil
      }, Unmanaged.passRetained(work).toOpaque())
    try #require(started == 0)
    pthread_join(thread, nil)
    if let failure = work.failure { throw failure }
  }

  /// The library's calls change all threads; the kernel's change only this one.
  private static func become(_ user: UInt32) -> Bool {
    typealias Call = @convention(c) (Int, UInt, UInt, UInt) -> Int
    guard let found = dlsym(nil, "syscall") else { return false }
    let call = unsafeBitCast(found, to: Call.self)
    let id = UInt(user)
    // SYS_setgroups, SYS_setresgid and SYS_setresuid of <asm/unistd.h>, which Glibc leaves out.
    #if arch(x86_64)
      let (groups, group, owner) = (116, 119, 117)
    #else
      let (groups, group, owner) = (159, 149, 147)
    #endif
    return call(groups, 0, 0, 0) == 0 && call(group, id, id, id) == 0
      && call(owner, id, id, id) == 0
  }
}

/// Runs a piece of a test on a new thread of the process's own user, from within another user's.
enum AsOwner {
  static func run(_ body: @escaping @Sendable () -> Void) throws {
    // A thread takes over the credentials of the one that starts it; the pool's are the process's.
    let done = sem()
    Task.detached {
      body()
      done.signal()
    }
    done.wait()
  }

  private static func sem() -> Gate { Gate() }

  private final class Gate: Sendable {
    private let ends: (read: Int32, write: Int32)
    init() {
      var pair: [Int32] = [-1, -1]
      pipe(&pair)
      ends = (pair[0], pair[1])
    }
    func signal() { write(ends.write, "x", 1) }
    func wait() {
      var byte: UInt8 = 0
      read(ends.read, &byte, 1)
    }
    deinit {
      close(ends.read)
      close(ends.write)
    }
  }
}
