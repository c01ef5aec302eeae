import Glibc
import SluiceCore
import Synchronization

// SluiceSpool: the directory tree that Sluice owns: finding, claiming, opening, placing.
// Trusts: root, the spool's own user, the kernel. Nothing about a dropped file is trusted: not its
// name, owner, links, attributes or timing.
// Never: reads what is in a file except to copy it, follows a link, overwrites a file, or deletes
// one that was dropped.

/// A spool that this process owns, laid out, locked and tried.
package final class Spool: Sendable {
  /// As it was opened, without a slash at the end.
  package let path: String
  package let options: SpoolOptions
  package let clock: Clock
  package let directories: Directories

  /// Descriptors of the spool's directories, open until the spool is closed.
  package struct Directories: Sendable {
    package let root: Int32
    package let incoming: Int32
    package let work: Int32
    package let passed: Int32
    package let annotated: Int32
    package let quarantine: Int32
    package let held: Int32

    package subscript(destination: Destination) -> Int32 {
      switch destination {
      case .passed: passed
      case .annotated: annotated
      case .quarantine: quarantine
      case .held: held
      }
    }
  }

  init(path: String, options: SpoolOptions, clock: Clock, directories: Directories) {
    self.path = path
    self.options = options
    self.clock = clock
    self.directories = directories
  }

  /// Takes ownership of the spool at `path`: lays out what is missing, takes the lock, checks the
  /// format version, and tries a rename through all its directories. Blocks for no other process.
  package static func open(_ path: String, options: SpoolOptions, clock: Clock)
    throws(SpoolError) -> Spool
  { fatalError("unfinished") }

  /// Lays out a spool without owning it, for `sluice init`. What is there already is left as it is.
  package static func create(_ path: String, options: SpoolOptions) throws(SpoolError) {
    fatalError("unfinished")
  }

  /// The pid of the process that owns the spool at `path`; nil if none does. 0 if one does that
  /// has not written its pid yet.
  package static func owner(of path: String) throws(SpoolError) -> Int32? {
    fatalError("unfinished")
  }

  // MARK: Items

  /// Opens a claimed item for judging.
  package func open(_ claim: Claim) throws(SpoolError) -> OpenResult { fatalError("unfinished") }

  /// Whether somebody has opened the item for writing since, or (without a lease) has changed it.
  /// If so the lease is given up, the writer goes on, and what was judged must not be acted on:
  /// open the claim again.
  package func hasWriter(_ item: borrowing OpenedItem) throws(SpoolError) -> Bool {
    fatalError("unfinished")
  }

  /// The claims that lie in `work/`, read from the disk alone, batch by batch.
  package func unfinishedClaims() -> UnfinishedClaims { fatalError("unfinished") }

  // MARK: Placing

  /// The name an item has in `destination` unless it is taken: what a record announces.
  package func intendedName(of claim: Claim, in destination: Destination) -> [UInt8] {
    fatalError("unfinished")
  }

  /// The `attempt`-th name to try, from 0 (the intended one); nil after the last, which is the id.
  package func name(of claim: Claim, in destination: Destination, attempt: Int) -> [UInt8]? {
    fatalError("unfinished")
  }

  /// Moves a claimed item out of `work/` to the first free name in `destination`.
  /// - Parameter identity: the file that was judged; `changed` is thrown if another lies there.
  ///   nil for an item that could not be opened.
  package func place(_ claim: Claim, _ identity: FileIdentity?, into destination: Destination)
    throws(SpoolError) -> PlacedName
  { fatalError("unfinished") }

  /// As above, to exactly `path`; `exists` is thrown if that is taken, and nothing has changed.
  package func place(
    _ claim: Claim, _ identity: FileIdentity?, into destination: Destination, at path: [UInt8]
  ) throws(SpoolError) { fatalError("unfinished") }

  /// Puts a new file with `bytes` at `path` below `destination`, whole or not at all; its bytes are
  /// on the disk when this returns, its name after `syncPlaces()`. `exists` is thrown if taken.
  package func publish(
    _ bytes: [UInt8], into destination: Destination, at path: [UInt8], mode: UInt32
  ) throws(SpoolError) { fatalError("unfinished") }

  // MARK: Durability

  /// Makes the bytes and claims of all items opened so far durable. Before records are written.
  /// After a failure nothing judged so far may be acted on: copies made for them are dropped, and
  /// `place` refuses them (`changed`); open the claims again.
  package func syncItems() throws(SpoolError) { fatalError("unfinished") }

  /// Makes all placements and publications so far durable. After the actions.
  package func syncPlaces() throws(SpoolError) { fatalError("unfinished") }

  // MARK: Room

  /// Why claiming must stop for now, in one sentence; nil if there is room.
  package func lackOfRoom() throws(SpoolError) -> String? { fatalError("unfinished") }

  /// Bytes that `quarantine/` and `held/` take.
  package var keptBytes: Int { fatalError("unfinished") }

  /// To be told when a kept file of that size has left `quarantine/` or `held/` by an action.
  package func keptFileLeft(bytes: Int) { fatalError("unfinished") }
}
