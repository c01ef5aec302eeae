import SluiceCore

/// A signed statement about the log: so many lines, with this root. In the format of C2SP
/// tlog-checkpoint (a signed note of origin, size and root).
package struct Checkpoint: Sendable, Hashable {
  package var origin: String
  /// Lines that it seals: those with `seq` from 1 to here.
  package var size: Int
  package var root: [UInt8]
  /// The whole note as it was signed, for a journal or for keeping elsewhere.
  package var note: SignedNote

  package init(origin: String, size: Int, root: [UInt8], key: LogKey) {
    self.origin = origin
    self.size = size
    self.root = root
    note = SignedNote(text: "\(origin)\n\(size)\n\(Base64.encode(root))\n", signedBy: key)
  }

  /// - Returns: nil unless the note's text is a checkpoint; no signature is checked here.
  package init?(note: SignedNote) {
    let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""),
      let size = Int(lines[1]), size >= 0, String(size) == lines[1],
      let root = Base64.decode(lines[2]), root.count == 32
    else { return nil }
    origin = String(lines[0])
    self.size = size
    self.root = root
    self.note = note
  }

  /// Origin and key agree with the verifier's, and its signature is right.
  package func isSigned(by key: LogVerifierKey) -> Bool {
    origin == key.name && note.isSigned(by: key)
  }
}
