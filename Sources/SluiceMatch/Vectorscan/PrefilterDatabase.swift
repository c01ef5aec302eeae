import CVectorscan

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
