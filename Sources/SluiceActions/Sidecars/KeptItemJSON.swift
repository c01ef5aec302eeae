import SluiceCore
import SluiceSpool

extension KeptItem {
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("schema", .string(Self.schema)), .init("item", .string(item.description)),
      .init("destination", .string(destination.rawValue)), .init("source", .string(source)),
      JSON.name("name", name), .init("size", .int(size)),
      .init("sha256", .string(sha256.description)), .init("verdict", .string(verdict.rawValue)),
      .init("entered", .string(entered.description)), .init("record", .int(seq)),
      .init(
        "file",
        .object([
          .init("owner", .int(Int(owner))), .init("group", .int(Int(group))),
          .init("mode", .string(String(mode, radix: 8))), .init("modified", .int(Int(modified))),
          .init("attributes", .array(attributes.map(\.json))),
        ])),
      .init("sealed", .bool(isSealed)),
    ]
    members += why.members
    members.append(.init("review", review.json))
    return .object(members)
  }

  /// - Returns: nil for anything but what `json` gives.
  init?(json: JSON) {
    guard json["schema"]?.text == Self.schema,
      let item = json["item"]?.text.flatMap(ItemID.init(_:)),
      let destination = json["destination"]?.text.flatMap(Destination.init(rawValue:)),
      let source = json["source"]?.text, let name = json.name("name"),
      let size = json["size"]?.integer,
      let sha256 = json["sha256"]?.text.flatMap(Digest.init(hex:)),
      let verdict = json["verdict"]?.text.flatMap(Verdict.init(rawValue:)),
      let entered = json["entered"]?.text.flatMap(Timestamp.init(_:)),
      let seq = json["record"]?.integer, let file = json["file"],
      let owner = file["owner"]?.integer.flatMap(UInt32.init(exactly:)),
      let group = file["group"]?.integer.flatMap(UInt32.init(exactly:)),
      let mode = file["mode"]?.text.flatMap({ UInt32($0, radix: 8) }),
      let modified = file["modified"]?.integer, let review = Review(json: json["review"])
    else { return nil }
    self.item = item
    self.destination = destination
    self.source = source
    self.name = name
    self.size = size
    self.sha256 = sha256
    self.verdict = verdict
    self.entered = entered
    self.seq = seq
    self.owner = owner
    self.group = group
    self.mode = mode
    self.modified = Int64(modified)
    attributes = (file["attributes"]?.elements ?? []).compactMap(Attribute.init(json:))
    why = .object(json.members.filter { Self.keysOfWhy.contains($0.key) })
    self.review = review
  }
}

extension KeptItem.Review {
  var json: JSON {
    var members: [JSON.Member] = []
    if let confirmed { members.append(.init("confirmed", confirmed.json)) }
    if let evidence { members.append(.init("evidence", evidence.json)) }
    if !requests.isEmpty {
      members.append(.init("requests", .array(requests.map(\.json))))
    }
    members.append(.init("applied", .int(applied)))
    return .object(members)
  }

  init?(json: JSON?) {
    guard let json, let applied = json["applied"]?.integer else { return nil }
    self.applied = applied
    confirmed = KeptItem.Note(json: json["confirmed"])
    evidence = KeptItem.Note(json: json["evidence"])
    requests = (json["requests"]?.elements ?? []).compactMap(KeptItem.Request.init(json:))
  }
}

extension KeptItem.Note {
  var json: JSON {
    .object([
      .init("who", by.json), .init("why", .string(why)), .init("time", .string(time.description)),
    ])
  }

  init?(json: JSON?) {
    guard let by = Actor(json: json?["who"]), let why = json?["why"]?.text,
      let time = json?["time"]?.text.flatMap(Timestamp.init(_:))
    else { return nil }
    self.init(by: by, why: why, time: time)
  }
}

extension KeptItem.Request {
  var json: JSON {
    .object([
      .init("who", by.json), .init("action", .string(action)), .init("report", .string(report)),
    ])
  }

  init?(json: JSON) {
    guard let by = Actor(json: json["who"]), let action = json["action"]?.text,
      let report = json["report"]?.text
    else { return nil }
    self.init(by: by, action: action, report: report)
  }
}
