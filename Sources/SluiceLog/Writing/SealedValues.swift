import Crypto
import Glibc
import SluiceCore

/// Names and excerpts that the chain holds only as salted digests (`privacy.names: sealed`).
///
/// In the line a member `name` becomes `name_sealed`: the SHA-256 of salt, key, a zero byte and
/// value. Salt and value lie in `names-<seq>.jsonl` beside the log; when that file is removed,
/// nothing can be guessed from the digest, and the chain still holds.
enum SealedValues {
  /// Keys whose text is sealed, wherever in a record they stand.
  static let keys: Set<String> = [
    "name", "name_b64", "destination_name", "destination_name_b64", "path", "path_b64",
    "segment", "excerpt",
  ]
  static let suffix = "_sealed"
  static let prefix = "names-"

  /// - Returns: the members as the chain has them; lines for the side file are added to `side`.
  static func seal(_ members: [JSON.Member], time: Timestamp, side: inout [UInt8]) -> [JSON.Member]
  {
    members.map { member in
      if keys.contains(member.key), case .string(let value) = member.value {
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let digest = digest(salt: salt, key: member.key, value: value)
        let line = JSON.object([
          JSON.Member("time", .string(time.description)), JSON.Member("sealed", .string(digest)),
          JSON.Member("key", .string(member.key)), JSON.Member("salt", .string(Hex.encode(salt))),
          JSON.Member("value", .string(value)),
        ])
        line.write(to: &side)
        side.append(0x0A)
        return JSON.Member(member.key + suffix, .string(digest))
      }
      return JSON.Member(member.key, seal(member.value, time: time, side: &side))
    }
  }

  private static func seal(_ value: JSON, time: Timestamp, side: inout [UInt8]) -> JSON {
    switch value {
    case .array(let values): .array(values.map { seal($0, time: time, side: &side) })
    case .object(let members): .object(seal(members, time: time, side: &side))
    default: value
    }
  }

  static func digest(salt: [UInt8], key: String, value: String) -> String {
    Hex.encode(SHA256.hash(data: salt + Array(key.utf8) + [0] + Array(value.utf8)))
  }

  /// What the side files still know, by digest. A line whose digest is not right counts as not there.
  static func load(_ directory: LogDirectory) throws(LogError) -> [String: JSON.Member] {
    var values: [String: JSON.Member] = [:]
    for name in try directory.entries()
    where LogDirectory.number(in: name, prefix: prefix, suffix: ".jsonl") != nil {
      let reader = try LineReader(path: directory.path(of: name))
      while let line = try reader.next() {
        guard let json = try? JSON(parsing: line.bytes), let sealed = json["sealed"]?.text,
          let key = json["key"]?.text, let value = json["value"]?.text,
          let salt = json["salt"]?.text.flatMap({ Hex.decode($0) }),
          digest(salt: salt, key: key, value: value) == sealed
        else { continue }
        values[sealed] = JSON.Member(key, .string(value))
      }
    }
    return values
  }

  /// Names and sizes of the side files: what tells that there is more to load.
  static func state(_ directory: LogDirectory) throws(LogError) -> [String] {
    var state: [String] = []
    for name in try directory.entries()
    where LogDirectory.number(in: name, prefix: prefix, suffix: ".jsonl") != nil {
      var status = stat()
      guard stat(directory.path(of: name), &status) == 0 else { continue }
      state.append("\(name) \(status.st_size)")
    }
    return state.sorted()
  }

  /// The record with what is known put back under its own key.
  static func resolve(_ json: JSON, with values: [String: JSON.Member]) -> JSON {
    switch json {
    case .array(let items): .array(items.map { resolve($0, with: values) })
    case .object(let members):
      .object(
        members.map { member in
          if member.key.hasSuffix(suffix), case .string(let digest) = member.value,
            let known = values[digest], known.key + suffix == member.key
          {
            return known
          }
          return JSON.Member(member.key, resolve(member.value, with: values))
        })
    default: json
    }
  }
}

extension SealedValues {
  /// Whether the record has a digest that is not among the known values.
  static func holdsUnknown(_ json: JSON, _ values: [String: JSON.Member]) -> Bool {
    switch json {
    case .array(let items): items.contains { holdsUnknown($0, values) }
    case .object(let members):
      members.contains { member in
        if member.key.hasSuffix(suffix), case .string(let digest) = member.value {
          return values[digest] == nil
        }
        return holdsUnknown(member.value, values)
      }
    default: false
    }
  }
}
