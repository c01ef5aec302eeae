import SluiceCore

/// One line of the log as it was read.
package struct LogEntry: Sendable, Hashable {
  package var seq: Int
  package var event: LogRecord.Event
  /// The record, sealed values resolved where their plain values are still there.
  package var json: JSON
  /// The line as it stands in the file, without its newline.
  package var line: [UInt8]
  /// The file's name in the log's directory.
  package var file: String

  package var time: Timestamp? { json["time"]?.text.flatMap(Timestamp.init(_:)) }
  package var item: ItemID? { json["item"]?.text.flatMap(ItemID.init(_:)) }
  /// The decision, if this is the record of one.
  package var decision: DecisionRecord? { event.isDecision ? DecisionRecord(parsing: json) : nil }
}
