import CSluiceScan

extension ProgramForm {
  func write(to writer: inout FormWriter) {
    Self.write(all, to: &writer)
    writer.flag(selected != nil)
    if let selected { Self.write(selected, to: &writer) }
    writer.plain(gates.gates)
    writer.plain(gates.classes)
    writer.plain(gates.bits)
  }

  init(reading reader: inout FormReader) {
    all = Self.parts(&reader)
    selected = reader.flag() ? Self.parts(&reader) : nil
    let starts = reader.plain(StartGate.self)
    let classes = reader.plain(UInt16.self)
    gates = GateBuilder(gates: starts, classes: classes, bits: reader.plain(UInt64.self))
  }

  private static func write(_ parts: SearchTables.Parts, to writer: inout FormWriter) {
    writer.flag(parts.triggers != nil)
    if let triggers = parts.triggers { write(triggers, to: &writer) }
    writer.flag(parts.prints != nil)
    if let prints = parts.prints {
      writer.plain(prints.groups)
      writer.plain(prints.firstKey)
      writer.plain(prints.firstUse)
      writer.plain(prints.uses)
      writer.plain(prints.keys)
      writer.plain(prints.bytes)
    }
  }

  private static func parts(_ reader: inout FormReader) -> SearchTables.Parts {
    var parts = SearchTables.Parts()
    if reader.flag() { parts.triggers = triggers(&reader) }
    if reader.flag() { parts.prints = prints(&reader) }
    return parts
  }

  private static func write(_ parts: TriggerBuilder.Parts, to writer: inout FormWriter) {
    // Its pointers mean nothing here; the table sets them anew.
    writer.raw(parts.dictionary)
    writer.plain(parts.bitmap)
    writer.plain(parts.filter)
    writer.plain(parts.keys)
    writer.plain(parts.values)
    writer.plain(parts.firstUse)
    writer.plain(parts.firstNear)
    writer.plain(parts.neighbours.bits)
    writer.plain(parts.uses)
    writer.plain(parts.sets)
    writer.plain(parts.setKeys)
    writer.plain(parts.spellings)
    writer.plain(parts.runs)
    writer.plain(parts.starts)
    writer.plain(parts.startSequences)
    writer.plain(parts.startBits)
  }

  private static func triggers(_ reader: inout FormReader) -> TriggerBuilder.Parts {
    var parts = TriggerBuilder.Parts()
    parts.dictionary = reader.raw(or: parts.dictionary)
    parts.bitmap = reader.plain(UInt64.self)
    parts.filter = reader.plain(UInt64.self)
    parts.keys = reader.plain(UInt64.self)
    parts.values = reader.plain(UInt32.self)
    parts.firstUse = reader.plain(Int32.self)
    parts.firstNear = reader.plain(Int32.self)
    parts.neighbours = NeighbourFilter(bits: reader.plain(UInt64.self))
    parts.uses = reader.plain(TriggerUse.self)
    parts.sets = reader.plain(UInt64.self)
    parts.setKeys = reader.plain(UInt64.self)
    parts.spellings = reader.plain(UInt8.self)
    parts.runs = reader.plain(RunUse.self)
    parts.starts = reader.plain(StartUse.self)
    parts.startSequences = reader.plain(StartSequence.self)
    parts.startBits = reader.plain(UInt64.self)
    return parts
  }

  private static func prints(_ reader: inout FormReader) -> PrintBuilder.Parts {
    var parts = PrintBuilder.Parts()
    parts.groups = reader.plain(sluice_prints.self)
    parts.firstKey = reader.plain(UInt32.self)
    parts.firstUse = reader.plain(UInt32.self)
    parts.uses = reader.plain(PrintUse.self)
    parts.keys = reader.plain(UInt64.self)
    parts.bytes = reader.plain(UInt8.self)
    return parts
  }
}
