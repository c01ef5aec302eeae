import SluiceCore
import SluiceLog
import SluiceSpool

/// An item in `quarantine/` or `held/`, as `<id>.json` beside it tells: where it came from, why it is
/// kept, what a release puts back, and what reviewers said of it.
package struct KeptItem: Sendable, Hashable {
  package static let schema = "sluice.kept/1"

  package var item: ItemID
  package var destination: Destination
  package var source: String
  /// Below the source folder; any bytes.
  package var name: [UInt8]
  package var size: Int
  package var sha256: Digest
  package var verdict: Verdict
  /// When it entered; retention counts from here.
  package var entered: Timestamp
  /// The deciding record.
  package var seq: Int
  package var owner: UInt32
  package var group: UInt32
  package var mode: UInt32
  /// Nanoseconds since 1970.
  package var modified: Int64
  var attributes: [Attribute]
  /// The members of the record that say why: scores, findings (masked), unexamined, reasons, policy,
  /// generation, examined.
  package var why: JSON
  package var review: Review

  /// What people did to it since.
  package struct Review: Sendable, Hashable {
    package var confirmed: Note?
    package var evidence: Note?
    /// First requests of two, for a sealed item.
    package var requests: [Request] = []
    /// The last record that is carried out here.
    var applied: Int = -1
  }

  package struct Note: Sendable, Hashable {
    package var by: Actor
    package var why: String
    package var time: Timestamp
  }

  package struct Request: Sendable, Hashable {
    package var by: Actor
    /// `release` or `delete`.
    package var action: String
    package var report: String
  }

  static let keysOfWhy = [
    "scores", "findings", "examined", "unexamined", "reasons", "policy", "generation",
  ]

  init(
    facts: ItemFacts, destination: Destination, verdict: Verdict, seq: Int, entered: Timestamp,
    record: [JSON.Member], attributes: [Attribute]
  ) {
    item = facts.claim.id
    self.destination = destination
    source = facts.claim.source
    name = facts.claim.name
    size = facts.size
    sha256 = facts.sha256
    self.verdict = verdict
    self.entered = entered
    self.seq = seq
    owner = facts.owner
    group = facts.group
    mode = facts.mode
    modified = facts.modified
    self.attributes = attributes
    why = .object(record.filter { Self.keysOfWhy.contains($0.key) })
    review = Review(applied: seq)
  }

  /// Material that nobody may be shown.
  package var isSealed: Bool { findings.contains { $0["sealed"]?.flag == true } }

  package var findings: [JSON] { why["findings"]?.elements ?? [] }

  /// The harms by score, the gravest first.
  package var harms: [String] { AnnotationSidecar.harms(of: why) }

  /// The rules that had a part in the verdict; shadow rules have none.
  package var rules: Set<String> {
    Set(findings.filter { $0["mode"]?.text != "shadow" }.compactMap { $0["rule"]?.text })
  }

  /// Raw values of `Unexamined.Cause`.
  package var causes: Set<String> {
    Set((why["unexamined"]?.elements ?? []).compactMap { $0["cause"]?.text })
  }

  /// A claim that stands for it, for names in another destination.
  var claim: Claim {
    Claim(id: item, batch: "", position: 0, source: source, name: name)
  }

  static func sidecarName(_ item: ItemID) -> [UInt8] { Array("\(item).json".utf8) }
  var fileName: [UInt8] { Array(item.description.utf8) }
}
