// SluiceActions: what is done to an item once it was judged: pass, annotate, keep, release, delete.
// Trusts: the spool's own folders, which only the daemon's user enters, and the log's records.
// Never: acts before the record of the act is durable, takes a failed sync for a good one, writes
// over a file, follows a link, or decides what an item deserves.

import SluiceCore

/// Why an action could not be done.
package struct ActionError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable {
    /// No item of that id is kept.
    case unknownItem = "unknown-item"
    /// The item is held as evidence: only freeing it first allows this.
    case evidence
    /// The item is sealed: it takes two people and a report reference, and is never shown.
    case sealed
    /// A first person asked; another one has to agree.
    case secondPerson = "second-person"
    /// A reason is needed and was not given.
    case reasonNeeded = "reason-needed"
    /// The content is not what the log says was judged.
    case changed
    /// A note beside an item, or a state file, does not say what it should.
    case malformed
    /// A system call failed.
    case system
    /// The log did not take a record.
    case log
    /// The spool refused.
    case spool
    /// The work was told to stop.
    case stopped
  }

  package var code: Code
  package var message: String
  /// The system's own number, where a call failed.
  package var errno: Int32?
  /// A sync failed: what it was to make durable has to be written anew.
  package var failedSync: Bool

  package init(_ code: Code, _ message: String, errno: Int32? = nil, failedSync: Bool = false) {
    self.code = code
    self.message = message
    self.errno = errno
    self.failedSync = failedSync
  }

  package var description: String { message }
}
