import Glibc

/// Why a file or directory is not read.
struct FileFault: Error {
  var code: DiagnosticCode
  var message: String
  var hint: String?
  /// There is nothing of that name.
  var isMissing = false

  init(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// From `errno` after a call that failed.
  static func system(_ what: String) -> FileFault {
    let number = errno
    if number == ELOOP || number == ENOTDIR, what == "open" { return symbolicLink }
    var fault = FileFault(.cannotRead, "cannot \(what): \(String(cString: strerror(number)))")
    fault.isMissing = number == ENOENT
    return fault
  }

  static let symbolicLink = FileFault(
    .symbolicLink, "symbolic links are not followed", hint: "put the file itself here")

  static let notAFile = FileFault(
    .notAFile, "this is neither a file nor a directory, and is not read")
}
