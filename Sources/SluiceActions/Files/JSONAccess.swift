import SluiceCore
import SluiceLog

/// Reading values out of records and sidecars.
extension JSON {
  var text: String? {
    if case .string(let value) = self { value } else { nil }
  }

  var number: Int? {
    if case .int(let value) = self { value } else { nil }
  }

  var flag: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  var elements: [JSON] {
    if case .array(let values) = self { values } else { [] }
  }

  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// A file name: text where it is UTF-8, `…_b64` where it is not.
  static func name(_ key: String, _ bytes: [UInt8]) -> Member {
    RecordBuilder.text(bytes, key: key)
  }

  func name(_ key: String) -> [UInt8]? { DecisionRecord.bytes(self, key: key) }

  /// The same object with `value` under `key`, in its place or at the end; without it for nil.
  func setting(_ key: String, _ value: JSON?) -> JSON {
    var members = members
    if let index = members.firstIndex(where: { $0.key == key }) {
      if let value { members[index].value = value } else { members.remove(at: index) }
    } else if let value {
      members.append(Member(key, value))
    }
    return .object(members)
  }
}
