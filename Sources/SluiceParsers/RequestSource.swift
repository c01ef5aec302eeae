import CSluiceSystem
import Glibc
import SluiceExtract

/// The requests of the daemon, each with its descriptor.
struct RequestSource {
  let socket: Int32
  private var bytes: [UInt8] = []
  private var descriptor: Int32 = -1

  init(socket: Int32) { self.socket = socket }

  /// - Returns: nil when the daemon is gone, or says what it never says.
  mutating func next() -> (ChildRequest, Int32)? {
    while true {
      if bytes.count >= 4 {
        let length = bytes.withUnsafeBytes {
          Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)))
        }
        guard length <= ChildRequest.largest else { return nil }
        if bytes.count >= 4 + length {
          let request = bytes.withUnsafeBytes { all -> ChildRequest? in
            do {
              return try ChildRequest(
                reading: UnsafeRawBufferPointer(rebasing: all[4..<4 + length]))
            } catch {
              return nil
            }
          }
          bytes.removeFirst(4 + length)
          guard let request, descriptor >= 0 else { return nil }
          defer { descriptor = -1 }
          return (request, descriptor)
        }
      }
      var block = [UInt8](repeating: 0, count: 4096)
      var received: Int32 = -1
      let count = sluice_child_receive(socket, &block, block.count, &received)
      if received >= 0 {
        if descriptor >= 0 { close(descriptor) }
        descriptor = received
      }
      guard count > 0 else { return nil }
      bytes += block[..<count]
    }
  }
}
