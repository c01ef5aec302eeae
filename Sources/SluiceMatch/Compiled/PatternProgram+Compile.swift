import Crypto
import SluiceCore

extension PatternProgram {
  /// Compiles all specs, over all cores. With a fault there is no program; faults carry the index of
  /// their spec, and come in the order of the specs.
  ///
  /// - Parameters:
  ///   - needs: what rules need of the patterns, so that in a document that is kept only the rarest
  ///     that each of them needs is looked for. Without, all patterns are, in all texts.
  ///   - forms: where a program that was compiled before may be found, and is kept.
  package static func compile(
    _ specs: [PatternSpec], needs: [PatternNeed]? = nil,
    options: EngineOptions = EngineOptions(), forms: CompiledForms? = nil
  ) -> (program: PatternProgram?, faults: [(spec: Int, fault: PatternFault)]) {
    let key = forms.map { Self.key(of: specs, needs: needs, options: options, engine: $0.engine) }
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
    for one in parsed { tables.add(one) }
    let plans = tables.plans
    let onDemand = Self.onDemand(needs, in: tables)
    let made = Parallel.map(specs.count) {
      Self.entry(
        specs[$0], parsed[$0], plans[$0], onDemand: onDemand[$0], options: options, room: room)
    }
    var entries: [Entry] = []
    for (index, one) in made.enumerated() {
      switch one {
      case .success(let entry): entry.map { entries.append($0) }
      case .failure(let fault): faults.append((index, fault))
      }
    }
    guard faults.isEmpty else { return (nil, faults) }
    let selected = onDemand.contains(true) ? tables.select(onDemand: onDemand) : nil
    var databases = ProgramForm.Databases()
    let (database, refused) = PrefilterDatabase.compile(tables.all.literals)
    let (kept, refusedOnes) = PrefilterDatabase.compile(selected?.literals ?? [])
    if let why = refused ?? refusedOnes {
      for id in Set(tables.all.literals.map(\.id)) { entries[id] = entries[id].everywhere(why) }
    } else {
      databases = ProgramForm.Databases(all: database, selected: kept)
    }
    let form = ProgramForm(
      all: tables.all.finish(), selected: selected?.finish(), gates: tables.gates)
    if let forms, let key, let bytes = form.bytes(entries, databases) { forms.write(key, bytes) }
    return (form.program(entries, databases), [])
  }

  /// By pattern, whether it is looked for only once it is asked about.
  private static func onDemand(_ needs: [PatternNeed]?, in tables: ProgramTables) -> [Bool] {
    let cost = tables.plans.map(\.cost)
    guard let needs else { return cost.map { _ in false } }
    var isHit = cost.map { _ in false }
    for need in needs {
      guard let hit = need.hittingSet(cost: cost) else { return cost.map { _ in false } }
      for pattern in hit.patterns { isHit[pattern] = true }
    }
    return isHit.indices.map {
      !isHit[$0] && cost[$0] > PlanCost.worthListing && tables.isFound(onDemand: $0)
    }
  }

  /// The expression ready to run: anchored where single starts are asked about. Nil where there is no
  /// more room, for which another one's fault stands.
  private static func entry(
    _ spec: PatternSpec, _ parsed: PatternCompiler.Parsed, _ plan: PatternPlan, onDemand: Bool,
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
          isEverywhere: plan.isEverywhere, isOnDemand: onDemand, cost: plan.cost,
          vectorscanLead: plan.vectorscanLead, planText: plan.text))
    } catch {
      return .failure(error)
    }
  }

  /// Names a compiled form by all that it depends on.
  static func key(
    of specs: [PatternSpec], needs: [PatternNeed]?, options: EngineOptions, engine: [UInt8]
  ) -> SluiceCore.Digest {
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
    writer.flag(needs != nil)
    for need in needs ?? [] { need.write(to: &writer) }
    guard let digest = SluiceCore.Digest(bytes: Array(SHA256.hash(data: writer.bytes))) else {
      preconditionFailure("a SHA-256 is a digest")
    }
    return digest
  }
}
