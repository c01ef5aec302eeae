import SluiceCore

/// Reads a pack: its manifest and all its rule files.
struct ManifestReader {
  static let keys = [
    "id", "version", "title", "covers", "does_not_cover", "licence", "languages", "references",
    "tags", "cap", "definitions", "exceptions", "protected",
  ]
  /// Protected texts that a pack must have.
  static let fewestProtected = 20

  let files: PackFiles
  let options: PackReader.Options
  let bag: DiagnosticBag

  /// - Returns: nil, reported, if the manifest cannot be read; its rule files are then looked at for
  ///   their YAML only.
  func pack() -> Pack? {
    let documents = files.ruleFiles.map { ($0, document($0)) }
    guard files.files[PackFiles.manifest] != nil,
      let manifest = document(PackFiles.manifest),
      let fields = Fields(manifest, "the manifest", keys: Self.keys, into: bag)
    else { return nil }
    let id = fields.text("id", required: true)
    if let id, !Names.isSlug(id.text) {
      bag.error(
        .badID, at: id.span, "'\(id.text)' is no pack's id; it has a-z, digits and dashes")
    }
    let definitions = DefinitionTable(
      fields["definitions"], at: fields.place("definitions"), limit: options.limits.expression,
      into: bag)
    let lists = ListFinder(
      pack: files, site: options.lists, limits: options.limits, bag: bag)
    let patterns = PatternReader(definitions: definitions, lists: lists, bag: bag)
    let exceptions = ExceptionReader(patterns: patterns, bag: bag).exceptions(fields)
    let reader = RuleReader(
      pack: id?.text ?? "", exceptions: exceptions, patterns: patterns, bag: bag)
    let errors = bag.errors
    let rules = documents.flatMap { _, document in document.map(reader.rules) ?? [] }
    if documents.allSatisfy({ $0.1 != nil }), !rules.isEmpty || bag.errors == errors {
      if rules.isEmpty {
        bag.error(.noRules, at: id?.span ?? fields.span, "the pack has no rules")
      } else {
        definitions.reportUnused()
        reportUnused(exceptions, rules)
      }
    }
    return Pack(
      id: id?.text ?? "", version: version(fields), title: fields.string("title"),
      covers: fields.strings("covers", required: true),
      doesNotCover: fields.strings("does_not_cover", required: true),
      licence: fields.string("licence"), languages: fields.languages(),
      references: fields.references(), cap: fields.choice("cap"), exceptions: exceptions,
      rules: rules, protected: protected(fields), signer: nil, directory: files.directory,
      digest: files.digest, span: id?.span ?? fields.span, tags: fields.tags())
  }

  /// A file with nothing in it is an error: it may have been cut short, and its rules would be
  /// missed by nobody.
  private func document(_ path: String) -> YAMLValue? {
    let source = files.source(path)
    let empty = bag.count
    let value = YAMLReader.read(source, limits: options.limits.yaml, into: bag)
    if value == nil, bag.count == empty {
      bag.error(.yamlEmpty, path: source.path, "the file is empty")
    }
    return value
  }

  private func version(_ fields: Fields) -> PackVersion {
    guard let text = fields.text("version", required: true) else { return PackVersion("0.0.0")! }
    guard let version = PackVersion(text.text) else {
      bag.error(
        .badVersion, at: text.span, "'\(text.text)' is no version",
        hint: "three numbers with dots: 1.4.0")
      return PackVersion("0.0.0")!
    }
    return version
  }

  private func protected(_ fields: Fields) -> [TracedText] {
    let texts = fields.texts("protected", required: true)
    if fields["protected"] != nil, texts.count < Self.fewestProtected {
      bag.error(
        .fewProtected, at: fields.place("protected"),
        "the pack has \(texts.count) of at least \(Self.fewestProtected) protected texts",
        hint: "news, counter-speech, advice and everyday texts near the harm that must pass")
    }
    var seen: Set<String> = []
    for text in texts where !seen.insert(text.text).inserted {
      bag.error(.duplicateValue, at: text.span, "this protected text is there already")
    }
    return texts
  }

  private func reportUnused(_ exceptions: [Exception], _ rules: [Rule]) {
    let used = Set(rules.flatMap(\.except))
    for exception in exceptions where !used.contains(exception.id) {
      bag.warning(
        .unusedException, at: exception.span,
        "no rule of the pack uses the exception '\(exception.id)'")
    }
  }
}
