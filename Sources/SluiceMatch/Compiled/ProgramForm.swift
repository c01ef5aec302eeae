import CSluiceScan
import SluiceCore

/// The tables of a compiled program as plain arrays, and the whole program as bytes: PCRE2's codes
/// without their machine code, which is made anew, what was planned for each pattern, the tables,
/// and Vectorscan's database.
///
/// Only the build that wrote a form can read it, which the key under which it is kept sees to.
struct ProgramForm {
  /// Raised with every change of what is written here.
  static let version = 5

  var all: SearchTables.Parts
  /// Nil where the same tables serve documents that are kept.
  var selected: SearchTables.Parts?
  var gates: GateBuilder

  struct Databases {
    var all: PrefilterDatabase?
    var selected: PrefilterDatabase?
  }

  func program(_ entries: [PatternProgram.Entry], _ databases: Databases) -> PatternProgram {
    let tables = SearchTables(all, database: databases.all)
    return PatternProgram(
      entries, tables: tables,
      selected: selected.map { SearchTables($0, database: databases.selected) } ?? tables,
      gates: GateTable(gates))
  }

  /// - Returns: nil where a library cannot write its part.
  func bytes(_ entries: [PatternProgram.Entry], _ databases: Databases) -> [UInt8]? {
    guard let codes = ExpressionCode.encode(entries.map(\.code)) else { return nil }
    var writer = FormWriter()
    writer.blob(codes)
    writer.int(entries.count)
    for entry in entries { Self.write(entry, to: &writer) }
    write(to: &writer)
    for database in [databases.all, databases.selected] {
      writer.flag(database != nil)
      guard let database else { continue }
      guard let bytes = database.encoded() else { return nil }
      writer.blob(bytes)
    }
    return writer.bytes
  }

  private static func write(_ entry: PatternProgram.Entry, to writer: inout FormWriter) {
    writer.int(entry.code.group)
    writer.int(entry.code.groups)
    writer.raw(entry.analysis)
    writer.flag(entry.isExact)
    writer.flag(entry.isEverywhere)
    writer.flag(entry.isOnDemand)
    writer.raw(entry.cost)
    writer.range(entry.vectorscanLead)
    writer.text(entry.planText)
  }
}

extension PatternProgram {
  /// - Returns: nil where the form is not whole, or not for these specs.
  static func read(_ form: [UInt8], specs: [PatternSpec], options: EngineOptions)
    -> PatternProgram?
  {
    var reader = FormReader(form)
    let codes = reader.blob()
    guard reader.int() == specs.count, let pointers = ExpressionCode.decode(codes),
      pointers.count == specs.count
    else { return nil }
    var entries: [Entry] = []
    entries.reserveCapacity(specs.count)
    for (spec, pointer) in zip(specs, pointers) {
      let code = ExpressionCode(
        decoded: pointer, group: reader.int(), groups: reader.int(), useJIT: options.useJIT)
      entries.append(
        Entry(
          code: code, analysis: reader.raw(or: .none), views: spec.views, isExact: reader.flag(),
          isEverywhere: reader.flag(), isOnDemand: reader.flag(), cost: reader.raw(or: 0),
          vectorscanLead: reader.range(), planText: reader.text()))
    }
    let tables = ProgramForm(reading: &reader)
    var databases = ProgramForm.Databases()
    for place in [\ProgramForm.Databases.all, \ProgramForm.Databases.selected]
    where reader.flag() {
      guard let database = PrefilterDatabase(encoded: reader.blob()) else { return nil }
      databases[keyPath: place] = database
    }
    guard reader.isWhole else { return nil }
    let all = entries
    _ = Parallel.map(all.count) { all[$0].code.prepare() }
    return tables.program(entries, databases)
  }
}

/// Numbers only, so that it can be written as it lies in memory.
extension PatternAnalysis: BitwiseCopyable {
  fileprivate static let none = PatternAnalysis(
    least: 0, most: 0, mostBytes: 0, reachBefore: 0, reachAfter: 0, price: 0)
}
