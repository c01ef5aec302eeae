import Glibc

/// An open file descriptor that is closed at the end of its life.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { Glibc.close(number) }

  /// Hands the number over; whoever takes it closes it.
  consuming func take() -> Int32 {
    let number = number
    discard self
    return number
  }
}
