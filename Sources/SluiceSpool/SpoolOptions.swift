/// What a site sets about its spool. The defaults are those of the configuration file.
package struct SpoolOptions: Sendable, Hashable {
  /// Whose files can be claimed.
  package enum Mode: String, Sendable, Hashable, CaseIterable {
    /// No capabilities: `incoming/` and its folders belong to the spool's user.
    case shared
    /// With the capabilities of the drop-in unit: other users' private files and folders too.
    case foreign
  }

  package var mode: Mode
  /// How long a file must have been still where its writers cannot be seen (another user's file
  /// without `CAP_LEASE`), and how long an emptied folder is kept.
  package var settle: Duration
  /// How long a claimed file may stay open for writing before it is held.
  package var writerWait: Duration
  /// Permission bits of what leaves for `passed/` and `annotated/`; nil keeps the dropped ones
  /// (without set-user-id, set-group-id and sticky).
  package var outputMode: UInt32?
  /// Numeric group of what leaves; nil leaves it as it is.
  package var outputGroup: UInt32?
  /// Bytes that `quarantine/` and `held/` together may take before claiming stops; nil: no limit.
  package var quarantineBytes: Int?
  /// Free bytes the file system must have for claiming to go on.
  package var freeSpaceBytes: Int
  /// Time between full scans of `incoming/` while events work.
  package var heartbeat: Duration
  /// Group that owns `incoming/` when the spool is laid out and the group exists.
  package var dropGroup: String

  package init(
    mode: Mode = .shared, settle: Duration = .seconds(30), writerWait: Duration = .seconds(600),
    outputMode: UInt32? = nil, outputGroup: UInt32? = nil, quarantineBytes: Int? = nil,
    freeSpaceBytes: Int = 64 << 20, heartbeat: Duration = .seconds(30),
    dropGroup: String = "sluice-drop"
  ) {
    self.mode = mode
    self.settle = settle
    self.writerWait = writerWait
    self.outputMode = outputMode
    self.outputGroup = outputGroup
    self.quarantineBytes = quarantineBytes
    self.freeSpaceBytes = freeSpaceBytes
    self.heartbeat = heartbeat
    self.dropGroup = dropGroup
  }
}

extension Duration {
  /// Whole nanoseconds, at least 0.
  var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0 else { return 0 }
    return UInt64(seconds) &* 1_000_000_000 &+ UInt64(max(0, attoseconds) / 1_000_000_000)
  }
}
