/// What the spool knows of an item from the moment it is claimed.
package struct Claim: Sendable, Hashable {
  package var id: ItemID
  /// The folder under `work/` it was claimed into.
  package var batch: String
  /// Its place in that batch, from 0.
  package var position: Int
  /// The first folder under `incoming/`, or `default`.
  package var source: String
  /// The dropped name below the source folder, `/` between nested folders; any bytes but NUL.
  package var name: [UInt8]

  package init(id: ItemID, batch: String, position: Int, source: String, name: [UInt8]) {
    self.id = id
    self.batch = batch
    self.position = position
    self.source = source
    self.name = name
  }
}

/// What was read from the open descriptor of a claimed item.
package struct ItemFacts: Sendable, Hashable {
  package var claim: Claim
  package var device: UInt64
  package var inode: UInt64
  /// Bytes.
  package var size: Int
  package var sha256: Digest
  /// The owner, permission bits and modification time of the file as it was dropped.
  package var owner: UInt32
  package var group: UInt32
  package var mode: UInt32
  /// Nanoseconds since 1970.
  package var modified: Int64

  package init(
    claim: Claim, device: UInt64, inode: UInt64, size: Int, sha256: Digest, owner: UInt32,
    group: UInt32, mode: UInt32, modified: Int64
  ) {
    self.claim = claim
    self.device = device
    self.inode = inode
    self.size = size
    self.sha256 = sha256
    self.owner = owner
    self.group = group
    self.mode = mode
    self.modified = modified
  }
}
