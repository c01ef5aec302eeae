import SluiceCore

/// Reads the exceptions of a manifest.
struct ExceptionReader {
  static let keys = ["id", "why", "patterns", "tests"]

  let patterns: PatternReader
  let bag: DiagnosticBag

  func exceptions(_ manifest: Fields) -> [Exception] {
    guard let value = manifest["exceptions"] else { return [] }
    var seen: Set<String> = []
    return value.items("'exceptions'", at: manifest.place("exceptions"), into: bag).compactMap {
      guard let exception = exception($0) else { return nil }
      guard seen.insert(exception.id).inserted else {
        bag.error(
          .duplicateValue, at: exception.span, "the exception '\(exception.id)' is there already")
        return nil
      }
      return exception
    }
  }

  private func exception(_ value: YAMLValue) -> Exception? {
    guard let fields = Fields(value, "an exception", keys: Self.keys, into: bag) else { return nil }
    let why = fields.string("why")
    let read = fields.required("patterns").map {
      patterns.patterns($0, at: fields.place("patterns"))
    }
    for pattern in read ?? [] where pattern.isDigestList {
      bag.error(.patternKind, at: pattern.span, "an exception is a wording, not a list of digests")
    }
    let match = tests(fields)
    guard let id = fields.text("id", required: true) else { return nil }
    if !Names.isSlug(id.text) {
      bag.error(
        .badID, at: id.span, "'\(id.text)' is no exception's id; it has a-z, digits and dashes")
    }
    return Exception(id: id.text, why: why, patterns: read ?? [], match: match, span: id.span)
  }

  private func tests(_ fields: Fields) -> [TracedText] {
    guard let value = fields["tests"],
      let tests = Fields(value, "'tests' of an exception", keys: ["match"], into: bag)
    else {
      if fields["tests"] == nil {
        bag.error(
          .fewTests, at: fields.span, "the exception has no tests",
          hint: "at least one text in 'match' that holds it")
      }
      return []
    }
    return tests.texts("match", required: true)
  }
}
