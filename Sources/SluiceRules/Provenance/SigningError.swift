/// Why a pack could not be signed, or a key not be read.
package struct SigningError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case unreadable
    case notAKey = "not-a-key"
    case encryptedKey = "encrypted-key"
    case unsupportedKey = "unsupported-key"
    case unwritable
    case badPack = "bad-pack"
  }

  package var code: Code
  /// What is wrong and what would be right.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "[\(code.rawValue)] \(message)" }
}
