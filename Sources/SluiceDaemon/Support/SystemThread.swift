import CSluiceSystem
import Glibc

/// A thread of the system's, with a name, that runs one closure to its end.
///
/// Unchecked: the handle is set once before `init` returns and only read by `join`.
package final class SystemThread: @unchecked Sendable {
  private let handle: pthread_t

  /// - Parameters:
  ///   - name: at most 15 bytes are shown.
  ///   - stack: bytes; PCRE2 and deep conditions need no more than this.
  /// - Returns: nil where the system has no room for another thread.
  package init?(_ name: String, stack: Int = 1 << 20, _ body: @escaping @Sendable () -> Void) {
    guard let handle = Self.start(name, stack: stack, body) else { return nil }
    self.handle = handle
  }

  /// Waits until the closure has returned.
  package func join() { pthread_join(handle, nil) }

  /// A thread that nobody waits for.
  /// - Returns: false where the system has no room for another thread.
  @discardableResult
  package static func detach(
    _ name: String, stack: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
  ) -> Bool {
    guard let handle = start(name, stack: stack, body) else { return false }
    pthread_detach(handle)
    return true
  }

  private final class Box: Sendable {
    let name: String
    let body: @Sendable () -> Void
    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private static func start(_ name: String, stack: Int, _ body: @escaping @Sendable () -> Void)
    -> pthread_t?
  {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stack)
    defer { pthread_attr_destroy(&attributes) }
    let box = Unmanaged.passRetained(Box(name: name, body: body))
    var handle = pthread_t()
    let code = pthread_create(
      &handle, &attributes,
      { pointer in
        let box = Unmanaged<Box>.fromOpaque(pointer!).takeRetainedValue()
        sluice_name_thread(box.name)
        box.body()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      box.release()
      return nil
    }
    return handle
  }
}
