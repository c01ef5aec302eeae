import SluiceCore
import SluiceSpool

/// A judged item on its way to the committer.
package struct Decided: Sendable {
  package var facts: ItemFacts
  /// The file that was judged; nil for one that could not be opened.
  package var identity: FileIdentity?
  package var decision: Decision

  package init(facts: ItemFacts, decision: Decision) {
    self.facts = facts
    self.identity = facts.identity
    self.decision = decision
  }

  /// An item that could not be opened or read to its end: it is held with the cause. Its record has
  /// 0 for device, inode and size, and a digest of zeros.
  ///
  /// - Parameter status: what `Spool.look(at:)` says of it, so that a release gives it back as it was.
  package init(
    unopened claim: Claim, status: FileStatus?, cause: Unexamined.Cause, detail: String,
    generation: String
  ) {
    facts = .unknown(claim)
    if let status {
      facts.owner = status.owner
      facts.group = status.group
      facts.mode = status.permissions
      facts.modified = status.modified
    }
    identity = nil
    decision = .held(claim, cause: cause, detail: detail, generation: generation)
  }
}

extension ItemFacts {
  static func unknown(_ claim: Claim) -> ItemFacts {
    ItemFacts(
      claim: claim, device: 0, inode: 0, size: 0, sha256: .none, owner: 0, group: 0, mode: 0o600,
      modified: 0)
  }
}

extension Digest {
  /// Stands for the digest of something that could not be read.
  static let none = Digest(bytes: [UInt8](repeating: 0, count: 32))!
}

extension Decision {
  /// Held since it was not examined.
  package static func held(
    _ claim: Claim, cause: Unexamined.Cause, detail: String, generation: String
  ) -> Decision {
    Decision(
      verdict: .hold, examined: .nothing,
      unexamined: [Unexamined(segment: Display.name(claim.name), cause: cause, detail: detail)],
      generation: generation, reasons: [detail])
  }
}
