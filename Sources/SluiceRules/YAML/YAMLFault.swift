import SluiceCore

/// Why a file is not (or no longer) read as YAML.
struct YAMLFault: Error {
  var code: DiagnosticCode
  /// Byte offset in the file.
  var offset: Int
  var message: String
  var hint: String?

  init(_ code: DiagnosticCode, at offset: Int, _ message: String, hint: String? = nil) {
    self.code = code
    self.offset = offset
    self.message = message
    self.hint = hint
  }

  func diagnostic(in file: SourceText) -> Diagnostic {
    file.span(atByte: offset).diagnostic(code: code.rawValue, message, hint: hint)
  }
}
