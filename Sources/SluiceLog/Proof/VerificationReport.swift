import SluiceCore

/// What checking a whole log came to.
package struct VerificationReport: Sendable, Hashable {
  /// Where the log does not hold.
  package struct Fault: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
      case changed, removed, inserted, swapped, torn
      /// Lines that a checkpoint seals are missing at the end.
      case cutOff = "cut off"
      /// The lines from here on continue another chain.
      case otherChain = "from another chain"
      /// The chain holds and the signed root is another: written anew, or its last line changed.
      case rewritten
      /// A checkpoint is damaged, or not signed by the key.
      case checkpoint
      /// The lines before the first file were removed without a record of it.
      case startMissing = "start missing"
    }

    package var kind: Kind
    /// The number of the first line that is not as it was written.
    package var seq: Int
    /// The file it should be in, and the line in that file, from 1; nil where there is none.
    package var file: String?
    package var line: Int?
    /// One sentence for a person.
    package var message: String

    package init(kind: Kind, seq: Int, file: String?, line: Int?, message: String) {
      self.kind = kind
      self.seq = seq
      self.file = file
      self.line = line
      self.message = message
    }
  }

  /// The first fault; nil where all holds.
  package var fault: Fault?
  /// The numbers of the lines that were read and hold; nil for an empty log.
  package var lines: ClosedRange<Int>?
  /// Files read.
  package var files: Int
  /// Checkpoints whose signature and root are right.
  package var checkpoints: Int
  /// The last line that a right checkpoint seals; 0 if none does.
  package var sealed: Int
  /// Lines after the last right checkpoint: the chain holds, nothing signed says so.
  package var unsealed: Int
  /// Lines that two files hold alike, after a sync that failed.
  package var repeated: Int
  /// Lines before this were removed by retention; 1 if none were.
  package var first: Int
  /// Things worth knowing that are no fault, a sentence each.
  package var notes: [String]

  package init() {
    files = 0
    checkpoints = 0
    sealed = 0
    unsealed = 0
    repeated = 0
    first = 1
    notes = []
  }

  package var isGood: Bool { fault == nil }
}
