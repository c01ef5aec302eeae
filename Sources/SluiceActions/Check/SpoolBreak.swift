import SluiceCore
import SluiceLog
import SluiceSpool

/// One thing in a spool that is not as it should be.
package struct SpoolBreak: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It lies in a final place, and no record put it there.
    case noRecord = "no-record"
    /// Its record says another place.
    case otherPlace = "other-place"
    /// One item lies in two places.
    case twoPlaces = "two-places"
    /// Its bytes are not those that its record says were judged.
    case otherContent = "other-content"
    /// Two records decided one item, and the second one does not hold it.
    case decidedTwice = "decided-twice"
    /// What was recorded has not been done to its end.
    case unfinished
    /// A kept file without the sidecar that a release needs.
    case noSidecar = "no-sidecar"
    /// A sidecar whose file is not there.
    case sidecarAlone = "sidecar-alone"
    /// A sidecar that cannot be read, or says other than the record.
    case damagedSidecar = "damaged-sidecar"
    /// An annotated file without its annotation.
    case noAnnotation = "no-annotation"
    /// A file of Sluice's own that was being written.
    case temporary
    /// A folder in `work/` that no claim is in.
    case emptyFolder = "empty-folder"
    /// A copy in `work/` of an item that is there itself.
    case spareCopy = "spare-copy"
    /// Something in `work/` that Sluice did not put there.
    case stray
    /// One of the spool's directories is not there.
    case missingFolder = "missing-folder"
    /// The log does not verify.
    case log
    /// A dropped file is not there as often as it was dropped.
    case lost
    /// A file is there that is not in the list of what was dropped.
    case stranger
  }

  package var kind: Kind
  /// Below the spool; nil where it is about no file.
  package var path: [UInt8]?
  package var item: ItemID?
  /// One sentence for a person.
  package var message: String
  /// Whether a repair can mend it: what is to be done follows from the log alone.
  package var canMend: Bool
  /// Whether it may be a step that a running daemon is in the middle of.
  package var isPassing: Bool

  init(
    _ kind: Kind, _ path: [UInt8]?, item: ItemID? = nil, _ message: String,
    canMend: Bool = false, isPassing: Bool = false
  ) {
    self.init(kind, item: item, message, canMend: canMend)
    self.path = path
    self.isPassing = isPassing
  }

  init(_ kind: Kind, item: ItemID? = nil, _ message: String, canMend: Bool = false) {
    self.kind = kind
    self.item = item
    self.message = message
    self.canMend = canMend
    isPassing = false
  }
}

extension SpoolBreak {
  /// Directories of a spool that are not there.
  package static func missing(in survey: SpoolSurvey) -> [SpoolBreak] {
    survey.missing.map {
      SpoolBreak(
        .missingFolder, Array($0.rawValue.utf8), "the spool has no such directory", canMend: true)
    }
  }

  package init(_ fault: VerificationReport.Fault) {
    let place = (fault.file ?? "the log") + (fault.line.map { ":\($0)" } ?? "")
    // A start cuts off what a crash left unwritten at the end, and only that.
    self.init(
      .log, "\(place), seq \(fault.seq): \(fault.kind.rawValue): \(fault.message)",
      canMend: fault.kind == .torn)
  }
}
