/// Everything that was decided about one item, ready to be recorded and acted on.
package struct Decision: Sendable, Hashable {
  package var verdict: Verdict
  /// Points (0…100) by harm, the highest window of each; only harms above 0.
  package var scores: [String: Int]
  /// Findings that count, then shadow findings.
  package var findings: [Finding]
  package var examined: Examined
  /// What was read: the character sets and decoders used, in the order of use.
  package var decoders: [String]
  package var examinedBytes: Int
  package var segments: Int
  package var unexamined: [Unexamined]
  /// The policy that applied, by name; nil is the default one.
  package var policy: String?
  /// The generation that judged: the digest of its files.
  package var generation: String
  /// Why the verdict is what it is, one short sentence each, for sidecar and `explain`.
  package var reasons: [String]
  /// Work by stage in units that do not depend on load (bytes scanned, confirmations asked, …).
  package var work: [String: Int]

  package init(
    verdict: Verdict, scores: [String: Int] = [:], findings: [Finding] = [],
    examined: Examined = .text, decoders: [String] = [], examinedBytes: Int = 0, segments: Int = 0,
    unexamined: [Unexamined] = [], policy: String? = nil, generation: String,
    reasons: [String] = [], work: [String: Int] = [:]
  ) {
    self.verdict = verdict
    self.scores = scores
    self.findings = findings
    self.examined = examined
    self.decoders = decoders
    self.examinedBytes = examinedBytes
    self.segments = segments
    self.unexamined = unexamined
    self.policy = policy
    self.generation = generation
    self.reasons = reasons
    self.work = work
  }
}
