/// Checks one expression against the dialect and analyses it.
package enum PatternCompiler {
  /// The analysis, or everything that is wrong with the expression.
  package static func analyze(_ spec: PatternSpec, options: EngineOptions = EngineOptions())
    -> (analysis: PatternAnalysis?, faults: [PatternFault])
  {
    let parsed = read(spec, options: options)
    return (parsed.faults.isEmpty ? parsed.analysis : nil, parsed.faults)
  }

  struct Parsed {
    var node: Node?
    var analysis: PatternAnalysis?
    var requirements = PatternRequirements()
    var code: ExpressionCode?
    var faults: [PatternFault]
  }

  static func read(_ spec: PatternSpec, options: EngineOptions) -> Parsed {
    let code: ExpressionCode
    do throws(PatternFault) { code = try ExpressionCode(spec, useJIT: options.useJIT) } catch {
      // What PCRE2 refuses may hold a construct that the dialect words better.
      var parser = DialectParser(spec)
      _ = parser.parse()
      let better = parser.faults.filter { $0.code != "regex-syntax" && $0.scalar <= error.scalar }
      return Parsed(faults: better.isEmpty ? [error] : better)
    }
    var parser = DialectParser(spec)
    guard let node = parser.parse() else { return Parsed(faults: parser.faults) }
    let analysis = Measurement.analyze(node)
    return Parsed(
      node: node, analysis: analysis, requirements: PatternRequirements(node), code: code,
      faults: bounds(analysis, spec: spec, options: options))
  }

  private static func bounds(
    _ analysis: PatternAnalysis, spec: PatternSpec, options: EngineOptions
  ) -> [PatternFault] {
    let length = spec.source.unicodeScalars.count
    func fault(_ code: String, _ message: String, _ hint: String) -> [PatternFault] {
      [PatternFault(scalar: 0, length: length, code: code, message, hint: hint)]
    }
    if analysis.least == 0 {
      return fault(
        "regex-empty", "this pattern can match nothing at all, and so matches everywhere",
        "make at least one part of it required")
    }
    let width = analysis.width
    if width > options.maxWidth {
      return fault(
        "regex-width",
        "this pattern can look at \(width) characters, more than \(options.maxWidth)",
        "lower the bounds of its repeats, or split it and use near(a, b, n)")
    }
    if analysis.price > options.maxPrice {
      return fault(
        "regex-price",
        "this pattern unrolls to \(analysis.price) elements, more than \(options.maxPrice)",
        "lower the bounds of repeats inside repeats")
    }
    return []
  }
}
