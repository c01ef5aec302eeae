/// How an item was examined.
package enum Examined: String, Sendable, Hashable {
  /// Decoded to text and read whole.
  case text
  /// Read by its runs of ASCII and UTF-16 text, since nothing decodes it.
  case runs
  /// Pictures, sound and video: name and container facts only.
  case metadata
  /// Not examined at all; the item's `unexamined` says why.
  case nothing
}

/// One part of an item that was not examined, and why.
package struct Unexamined: Sendable, Hashable {
  /// The segment's path; the item's own name for the whole item.
  package var segment: String
  package var cause: Cause
  /// One sentence for a person: what stopped and, where known, at which byte.
  package var detail: String
  /// Which limit, where a limit is the cause.
  package var limit: Limit?
  /// How many bytes, and how many parts, were not examined, where that is known.
  package var bytes: Int?
  package var parts: Int?

  package init(segment: String, cause: Cause, detail: String) {
    self.segment = segment
    self.cause = cause
    self.detail = detail
  }

  /// The limits there are, by the key that sets them under `limits.` in sluice.yaml.
  package enum Limit: String, Sendable, Hashable, CaseIterable {
    case fileBytes = "file_bytes"
    case segmentBytes = "segment_bytes"
    case readings
    case expandedBytes = "expanded_bytes"
    case partBytes = "part_bytes"
    case documentBytes = "document_bytes"
    case ratio
    case members
    case depth
  }

  /// Stable codes; each can be given a policy of its own.
  package enum Cause: String, Sendable, Hashable, CaseIterable {
    /// An archive, document or container that nothing here decodes.
    case noDecoder = "no_decoder"
    case encrypted
    case damaged
    /// A configured size or count was reached.
    case limit
    case time
    /// The work budget of the matching engine was used up.
    case engineLimit = "engine.limit"
    /// Examining it ended the process too often.
    case engineCrash = "engine.crash"
    /// Not a regular file, or one that could not be opened or read.
    case unreadable
    /// A writer kept it open for longer than `limits.writer_wait`.
    case writer = "writer.open"
    /// What lies in the spool is not what the log says was judged.
    case changed
  }
}
