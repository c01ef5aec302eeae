import SluiceCore

/// A finding that the verdict is made of.
struct ActingFinding: Sendable {
  /// One place, for windows.
  struct Spot: Sendable {
    var document: Int
    var segment: Int
    var character: Int
    var line: Int
  }

  var finding: Finding
  /// Empty where it has no place.
  var spots: [Spot]
  /// It counts in every window.
  var everywhere: Bool
}

/// A finding of a rule in shadow. It is recorded; nothing that decides takes this type.
struct ShadowFinding: Sendable {
  let recorded: Finding

  init(_ finding: Finding) {
    var finding = finding
    finding.mode = .shadow
    recorded = finding
  }
}
