import SluiceCore

/// A text with signatures under it, in the format of C2SP signed-note.
package struct SignedNote: Sendable, Hashable {
  package struct Signature: Sendable, Hashable {
    package var name: String
    /// Four bytes that hint at the key, then the signature.
    package var bytes: [UInt8]
  }

  /// What is signed; ends in a newline.
  package var text: String
  package var signatures: [Signature]

  package init(text: String, signedBy key: LogKey) {
    self.text = text
    signatures = [
      Signature(
        name: key.verifier.name, bytes: key.verifier.hint + key.signature(of: Array(text.utf8)))
    ]
  }

  private init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  /// The note as it is written: text, an empty line, the signatures.
  package var rendered: String {
    var whole = text + "\n"
    for signature in signatures {
      whole += "— \(signature.name) \(Base64.encode(signature.bytes))\n"
    }
    return whole
  }

  /// At least one signature is by this key, and each that claims to be is right.
  package func isSigned(by key: LogVerifierKey) -> Bool {
    let own = signatures.filter { $0.name == key.name && $0.bytes.starts(with: key.hint) }
    return !own.isEmpty
      && own.allSatisfy {
        key.isValid(signature: Array($0.bytes.dropFirst(4)), of: Array(text.utf8))
      }
  }

  /// Reads notes that stand one after another, with or without empty lines between.
  /// - Returns: the whole notes, and how many bytes they take; what follows is torn or no note.
  package static func parse(_ bytes: [UInt8]) -> (notes: [SignedNote], length: Int) {
    var notes: [SignedNote] = []
    var length = 0
    var text = ""
    var signatures: [Signature] = []
    var isSigning = false
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      guard let line = UTF8Decoding.string(bytes[start..<end]) else { break }
      if isSigning, !line.hasPrefix("— ") {
        if signatures.isEmpty { break }
        notes.append(SignedNote(text: text, signatures: signatures))
        (text, signatures, isSigning) = ("", [], false)
      }
      if line.hasPrefix("— ") {
        guard isSigning, let signature = signature(line) else { break }
        signatures.append(signature)
        length = end + 1
      } else if line.isEmpty {
        if text.isEmpty { length = end + 1 } else { isSigning = true }
      } else {
        text += line + "\n"
      }
      start = end + 1
    }
    if isSigning, !signatures.isEmpty {
      notes.append(SignedNote(text: text, signatures: signatures))
    }
    return (notes, length)
  }

  private static func signature(_ line: String) -> Signature? {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[1].isEmpty, let bytes = Base64.decode(parts[2]), bytes.count > 4
    else { return nil }
    return Signature(name: String(parts[1]), bytes: bytes)
  }
}
