import SluiceCore

/// Where an item can end; each is a directory of the spool of the same name.
package enum Destination: String, Sendable, Hashable, CaseIterable {
  case passed, annotated, quarantine, held

  package init(_ verdict: Verdict) {
    switch verdict {
    case .pass: self = .passed
    case .annotate: self = .annotated
    case .hold: self = .held
    case .quarantine: self = .quarantine
    }
  }

  /// Whether items are kept there under their ids, closed to everyone but the spool's user.
  package var isClosed: Bool { self == .quarantine || self == .held }
}

/// The name an item was given in its destination.
package struct PlacedName: Sendable, Hashable {
  package var destination: Destination
  /// Below the destination's directory, `/` between folders; any bytes but NUL.
  package var path: [UInt8]
  /// Whether this is another name than the one intended, because that one was taken.
  package var clashed: Bool

  package init(destination: Destination, path: [UInt8], clashed: Bool) {
    self.destination = destination
    self.path = path
    self.clashed = clashed
  }
}

/// Which file a descriptor or a name stands for.
package struct FileIdentity: Sendable, Hashable {
  package var device: UInt64
  package var inode: UInt64

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }
}

extension ItemFacts {
  package var identity: FileIdentity { FileIdentity(device: device, inode: inode) }
}
