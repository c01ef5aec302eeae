import CSluiceSystem
import Glibc

@testable import SluiceActions

/// One POSIX thread that runs a body and can be waited for.
final class WorkThread {
  private var thread = pthread_t()
  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
  }

  func join() { pthread_join(thread, nil) }
}

extension Attribute {
  static func read(_ path: String, _ value: inout [UInt8]) -> Int {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    return value.withUnsafeMutableBytes {
      sluice_attribute_get(descriptor, verdict, $0.baseAddress, $0.count)
    }
  }
}
