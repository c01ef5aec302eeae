import CVectorscan
import Glibc

/// All prefilter expressions of a generation in one Vectorscan database.
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

  /// Compiles `sources`, whose hits are reported by `ids`. What Vectorscan refuses is left out and
  /// named in `refused` by its index.
  static func compile(_ sources: [String], ids: [Int]) -> (
    database: PrefilterDatabase?, refused: [Int: String]
  ) {
    var refused: [Int: String] = [:]
    var left = Array(sources.indices)
    let flags = UInt32(HS_FLAG_DOTALL)
    while !left.isEmpty {
      let strings = left.map { strdup(sources[$0]) }
      defer { for string in strings { free(string) } }
      let pointers: [UnsafePointer<CChar>?] = strings.map { UnsafePointer($0) }
      let numbers = left.map { UInt32(ids[$0]) }
      let allFlags = [UInt32](repeating: flags, count: left.count)
      var database: OpaquePointer?
      var problem: UnsafeMutablePointer<hs_compile_error_t>?
      let result = hs_compile_multi(
        pointers, allFlags, numbers, UInt32(left.count), UInt32(HS_MODE_BLOCK), nil, &database,
        &problem)
      if result == HS_SUCCESS, let database { return (PrefilterDatabase(database), refused) }
      let message = problem.map { String(cString: $0.pointee.message) } ?? "error \(result)"
      let index = problem.map { Int($0.pointee.expression) } ?? -1
      hs_free_compile_error(problem)
      guard left.indices.contains(index) else {
        // The set as a whole is too much: none of it is searched for by Vectorscan.
        for index in left { refused[index] = message }
        return (nil, refused)
      }
      refused[left[index]] = message
      left.remove(at: index)
    }
    return (nil, refused)
  }
}
