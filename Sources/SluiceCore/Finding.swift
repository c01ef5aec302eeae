/// A rule that held on an item, with the places that made it hold.
package struct Finding: Sendable, Hashable {
  package var rule: String
  package var pack: String
  package var packVersion: String
  /// The harm it scores for: the pack's id.
  package var harm: String
  /// The severity that counts, after exceptions and overrides.
  package var severity: Severity
  /// Points (0…100) that it adds, after exceptions, overrides and its group.
  package var score: Int
  package var mode: Mode
  package var group: String?
  /// The exceptions that lowered it, by id.
  package var loweredBy: [String]
  /// The verdict a rule forces, whatever the score.
  package var forced: Verdict?
  /// Digest matches of material that nobody may be shown.
  package var sealed: Bool
  /// The rule is on probation and was disarmed: what only it would quarantine is held.
  package var disarmed: Bool
  package var places: [Place]

  package enum Mode: String, Sendable, Hashable {
    case enforce
    /// Recorded and counted; has no path to an action.
    case shadow
  }

  package init(
    rule: String, pack: String, packVersion: String, harm: String, severity: Severity, score: Int,
    mode: Mode = .enforce, group: String? = nil, loweredBy: [String] = [], forced: Verdict? = nil,
    sealed: Bool = false, disarmed: Bool = false, places: [Place] = []
  ) {
    self.rule = rule
    self.pack = pack
    self.packVersion = packVersion
    self.harm = harm
    self.severity = severity
    self.score = score
    self.mode = mode
    self.group = group
    self.loweredBy = loweredBy
    self.forced = forced
    self.sealed = sealed
    self.disarmed = disarmed
    self.places = places
  }
}
