import SluiceCore

/// A decision as it stands in the log, read back for recovery and review.
package struct DecisionRecord: Sendable, Hashable {
  package var seq: Int
  package var time: Timestamp
  package var event: LogRecord.Event
  package var item: ItemID
  package var batch: String
  package var position: Int
  package var device: UInt64
  package var inode: UInt64
  package var source: String
  /// The dropped name; nil where it is sealed and its plain value has expired.
  package var name: [UInt8]?
  package var size: Int
  package var sha256: Digest
  package var owner: UInt32
  package var group: UInt32
  package var mode: UInt32
  /// Nanoseconds since 1970.
  package var modified: Int64
  package var verdict: Verdict
  package var destination: String
  /// The path below the destination; nil where it is sealed and its plain value has expired.
  package var destinationName: [UInt8]?
  package var scores: [String: Int]
  package var generation: String
  package var policy: String?
  /// The whole record, for what has no property here (findings, gaps, work).
  package var json: JSON

  /// - Returns: nil unless `json` is a record of one of the four decisions with all its members.
  package init?(parsing json: JSON) {
    guard let seq = json["seq"]?.integer, let time = json["time"]?.text.flatMap(Timestamp.init(_:)),
      let event = json["event"]?.text.map(LogRecord.Event.init(rawValue:)), event.isDecision,
      let item = json["item"]?.text.flatMap(ItemID.init(_:)),
      let batch = json["batch"]?.text, let position = json["position"]?.integer,
      let device = json["device"]?.unsigned, let inode = json["inode"]?.unsigned,
      let source = json["source"]?.text, let size = json["size"]?.integer,
      let sha256 = json["sha256"]?.text.flatMap(Digest.init(hex:)),
      let owner = json["owner"]?.unsigned.flatMap(UInt32.init(exactly:)),
      let group = json["group"]?.unsigned.flatMap(UInt32.init(exactly:)),
      let mode = json["mode"]?.text.flatMap({ UInt32($0, radix: 8) }),
      let modified = json["modified"]?.integer,
      let verdict = json["verdict"]?.text.flatMap(Verdict.init(rawValue:)),
      let destination = json["destination"]?.text, let generation = json["generation"]?.text,
      case .object(let scores)? = json["scores"]
    else { return nil }
    self.seq = seq
    self.time = time
    self.event = event
    self.item = item
    self.batch = batch
    self.position = position
    self.device = device
    self.inode = inode
    self.source = source
    self.name = Self.bytes(json, key: "name")
    self.size = size
    self.sha256 = sha256
    self.owner = owner
    self.group = group
    self.mode = mode
    self.modified = Int64(modified)
    self.verdict = verdict
    self.destination = destination
    self.destinationName = Self.bytes(json, key: "destination_name")
    self.scores = Dictionary(
      scores.compactMap { member in member.value.integer.map { (member.key, $0) } },
      uniquingKeysWith: { first, _ in first })
    self.generation = generation
    self.policy = json["policy"]?.text
    self.json = json
  }

  /// What `RecordBuilder.text` wrote under `key`: the bytes, or nil where there is nothing.
  package static func bytes(_ json: JSON, key: String) -> [UInt8]? {
    if let text = json[key]?.text { return Array(text.utf8) }
    return json[key + "_b64"]?.text.flatMap { Base64.decode($0) }
  }
}
