import Crypto
import SluiceCore

extension PatternProgram {
  /// Compiles all specs, over all cores. With a fault there is no program; faults carry the index of
  /// their spec, and come in the order of the specs.
  ///
  /// - Parameter forms: where a program that was compiled before may be found, and is kept.
  package static func compile(
    _ specs: [PatternSpec], options: EngineOptions = EngineOptions(), forms: CompiledForms? = nil
  ) -> (program: PatternProgram?, faults: [(spec: Int, fault: PatternFault)]) {
    let key = forms.map { Self.key(of: specs, options: options, engine: $0.engine) }
    if let forms, let key, let form = forms.read(key) {
      if let program = PatternProgram.read(form, specs: specs, options: options) {
        return (program, [])
      }
      forms.refused("the compiled rules that were kept cannot be used; they are compiled anew")
    }
    let room = CodeRoom(limit: options.memory)
    let parsed = Parallel.map(specs.count) { index in
      guard !room.isFull else { return PatternCompiler.Parsed(faults: []) }
      var parsed = PatternCompiler.read(specs[index], options: options)
      if let code = parsed.code, let fault = room.take(code.size) { parsed.faults.append(fault) }
      return parsed
    }
    var faults = parsed.enumerated().flatMap { index, own in own.faults.map { (index, $0) } }
    guard faults.isEmpty else { return (nil, faults) }
    // Plans depend on those before them: what is full is not added to.
    var tables = ProgramTables(usesPrefilter: options.usePrefilter)
    let plans = parsed.enumerated().map { tables.add($1, pattern: $0) }
    let made = Parallel.map(specs.count) {
      Self.entry(specs[$0], parsed[$0], plans[$0], options: options, room: room)
    }
    var entries: [Entry] = []
    for (index, one) in made.enumerated() {
      switch one {
      case .success(let entry): entry.map { entries.append($0) }
      case .failure(let fault): faults.append((index, fault))
      }
    }
    guard faults.isEmpty else { return (nil, faults) }
    let (database, refused) = PrefilterDatabase.compile(tables.literals)
    if let refused {
      for id in Set(tables.literals.map(\.id)) { entries[id] = entries[id].everywhere(refused) }
    }
    let form = ProgramForm(
      triggers: tables.triggers.finish(), prints: tables.prints.finish(), gates: tables.gates)
    if let forms, let key, let bytes = form.bytes(entries, database: database) {
      forms.write(key, bytes)
    }
    return (form.program(entries, database: database), [])
  }

  /// The expression ready to run: anchored where single starts are asked about. Nil where there is no
  /// more room, for which another one's fault stands.
  private static func entry(
    _ spec: PatternSpec, _ parsed: PatternCompiler.Parsed, _ plan: PatternPlan,
    options: EngineOptions, room: CodeRoom
  ) -> Result<Entry?, PatternFault> {
    guard !room.isFull else { return .success(nil) }
    guard let code = parsed.code, let analysis = parsed.analysis else {
      preconditionFailure("without faults there is a code and its analysis")
    }
    do throws(PatternFault) {
      let own =
        plan.isExact
        ? try ExpressionCode(spec, useJIT: options.useJIT, anchored: true) : code
      own.prepare()
      if let fault = room.take(own.size) { throw fault }
      return .success(
        Entry(
          code: own, analysis: analysis, views: spec.views, isExact: plan.isExact,
          isEverywhere: plan.isEverywhere, vectorscanLead: plan.vectorscanLead,
          planText: plan.text))
    } catch {
      return .failure(error)
    }
  }

  /// Names a compiled form by all that it depends on.
  static func key(of specs: [PatternSpec], options: EngineOptions, engine: [UInt8])
    -> SluiceCore.Digest
  {
    var writer = FormWriter()
    writer.int(ProgramForm.version)
    writer.blob(engine)
    writer.int(options.maxWidth)
    writer.int(options.maxPrice)
    writer.int(options.memory)
    writer.flag(options.useJIT)
    writer.flag(options.usePrefilter)
    for spec in specs {
      writer.text(spec.source)
      writer.flag(spec.freeSpacing)
      writer.flag(spec.caseSensitive)
      writer.int(Int(spec.views.rawValue))
      switch spec.capture {
      case .number(let number):
        writer.flag(true)
        writer.int(number)
      case .name(let name):
        writer.flag(false)
        writer.text(name)
      }
    }
    guard let digest = SluiceCore.Digest(bytes: Array(SHA256.hash(data: writer.bytes))) else {
      preconditionFailure("a SHA-256 is a digest")
    }
    return digest
  }
}
