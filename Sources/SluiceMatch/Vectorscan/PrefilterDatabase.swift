import CVectorscan
import Glibc

/// All required literals of a generation in one Vectorscan database.
///
/// Unchecked: a database is read-only once it is compiled; each thread brings its own scratch.
final class PrefilterDatabase: @unchecked Sendable {
  let database: OpaquePointer
  /// Bytes of the compiled form.
  let size: Int

  private init(_ database: OpaquePointer) {
    self.database = database
    var size = 0
    hs_database_size(database, &size)
    self.size = size
  }

  deinit { hs_free_database(database) }

  /// Nil for bytes that Vectorscan does not take for its own, of this release and for this CPU.
  convenience init?(encoded bytes: [UInt8]) {
    var database: OpaquePointer?
    let result = bytes.withUnsafeBytes {
      hs_deserialize_database(
        $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &database)
    }
    guard result == HS_SUCCESS, let database else { return nil }
    self.init(database)
  }

  /// The compiled form as bytes, with a checksum of its own; nil where there is no memory for it.
  func encoded() -> [UInt8]? {
    var bytes: UnsafeMutablePointer<CChar>?
    var size = 0
    guard hs_serialize_database(database, &bytes, &size) == HS_SUCCESS, let bytes else {
      return nil
    }
    defer { free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }

  /// Compiles literals, in which ASCII letters stand for both cases; a hit is reported by its id.
  ///
  /// - Returns: no database where there is no literal, or where Vectorscan refuses them: `refused`
  ///   says why.
  static func compile(_ literals: [(id: Int, bytes: [UInt8])]) -> (
    database: PrefilterDatabase?, refused: String?
  ) {
    guard !literals.isEmpty else { return (nil, nil) }
    let memory = literals.map { literal in
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: literal.bytes.count + 1)
      for (index, byte) in literal.bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
      copy[literal.bytes.count] = 0
      return copy
    }
    defer { for copy in memory { copy.deallocate() } }
    let pointers: [UnsafePointer<CChar>?] = memory.map { UnsafePointer($0) }
    let lengths = literals.map(\.bytes.count)
    let flags = [UInt32](repeating: UInt32(HS_FLAG_CASELESS), count: literals.count)
    let ids = literals.map { UInt32($0.id) }
    var database: OpaquePointer?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let result = hs_compile_lit_multi(
      pointers, flags, ids, lengths, UInt32(literals.count), UInt32(HS_MODE_BLOCK), nil,
      &database, &problem)
    defer { hs_free_compile_error(problem) }
    if result == HS_SUCCESS, let database { return (PrefilterDatabase(database), nil) }
    return (nil, problem.map { String(cString: $0.pointee.message) } ?? "error \(result)")
  }
}
