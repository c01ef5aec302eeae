import Glibc

enum FileMover {
  struct Failure: Error { var number: Int32 }

  static func move(_ from: String, _ to: String) throws {
    guard rename(from, to) == 0 else { throw Failure(number: errno) }
  }

  static func mode(_ path: String, _ mode: mode_t) { chmod(path, mode) }
}
