import SluiceCore
import SluiceExtract
import SluiceRules

/// All settings of a daemon, as read from sluice.yaml and the command line. The meaning, unit and
/// default of each is in `ConfigTable`; a fresh value holds those defaults.
package struct Config: Sendable {
  package enum SpoolMode: String, Sendable, CaseIterable { case shared, foreign }
  package enum Excerpts: String, Sendable, CaseIterable { case masked, none, full }
  package enum Names: String, Sendable, CaseIterable { case plain, sealed }
  package enum Sandbox: String, Sendable, CaseIterable {
    case required
    case bestEffort = "best-effort"
  }
  package enum SidecarDetail: String, Sendable, CaseIterable { case brief, full }

  package var spoolPath = ""
  package var spoolMode = SpoolMode.shared
  package var settle = Nanoseconds.zero

  package var rulePaths: [String] = []
  package var ruleLists: [String] = []
  package var requireSignatures = false
  /// A directory of public keys or a file of them; empty for none.
  package var trustedKeys = ""
  package var allowDowngrade = false
  package var ruleMemory = 0

  package var logPath = ""
  package var logRotateBytes = 0
  /// Nil keeps every file.
  package var logRetain: Nanoseconds?

  package var statePath = ""
  package var controlSocket = ""
  package var controlGroup = ""

  /// 0 stands for one a core.
  package var workers = 0
  package var writerWait = Nanoseconds.zero
  package var quarantineBytes = 0
  package var freeSpaceBytes = 0
  package var fileBytes = 0
  package var segmentBytes = 0
  package var queueLength = 0

  package var expandedBytes = 0
  package var partBytes = 0
  package var documentBytes = 0
  package var ratio = 0
  package var members = 0
  package var depth = 0
  package var openTime = Nanoseconds.zero
  package var openMemory = 0
  package var sandbox = Sandbox.required
  package var pictures = PictureReading.off

  /// Nil keeps the bits a file was dropped with.
  package var outputMode: UInt32?
  package var outputGroup = ""

  package var excerpts = Excerpts.masked
  package var names = Names.plain
  /// Nil keeps them.
  package var namesRetain: Nanoseconds?

  package var sidecar = SidecarDetail.brief
  package var messages: [Message] = []
  package var audienceLanguages: [String] = []
  /// Two letters; empty for none.
  package var audienceCountry = ""

  package var policies: [Policy] = []

  package var probationHours = 0
  package var probationMinItems = 0
  package var probationSharePercent = 0

  /// Nil keeps what is in quarantine until somebody decides.
  package var retain: Nanoseconds?
  /// The program and its arguments; empty for none.
  package var onEvent: [String] = []

  /// The defaults.
  package init() {
    for key in ConfigTable.keys {
      guard case .success(let value) = key.kind.parse(default: key.standard) else {
        preconditionFailure("the default of \(key.name) is not one of its values")
      }
      key.store(&self, value)
    }
  }
}

extension Config {
  /// A text for the readers of annotated files.
  package struct Message: Sendable, Hashable {
    /// A pack's id; nil for every harm without a message of its own.
    package var harm: String?
    package var language: String
    /// Two letters; nil for everywhere.
    package var country: String?
    package var text: String
    package var help: String?
  }
}

/// A span of time in nanoseconds.
package struct Nanoseconds: Sendable, Hashable, Comparable {
  package var count: UInt64

  package init(_ count: UInt64) { self.count = count }
  package init(seconds: Int) { count = UInt64(seconds) * 1_000_000_000 }

  package static let zero = Nanoseconds(0)
  package var seconds: Int { Int(count / 1_000_000_000) }

  package static func < (left: Nanoseconds, right: Nanoseconds) -> Bool { left.count < right.count }
}
