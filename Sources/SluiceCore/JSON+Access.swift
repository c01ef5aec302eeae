/// Reading values out of JSON whose shape is not known to be right: what is of another kind reads as
/// absent.
extension JSON {
  package var text: String? { if case .string(let value) = self { value } else { nil } }
  package var integer: Int? { if case .int(let value) = self { value } else { nil } }
  package var flag: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// None for anything but an array.
  package var elements: [JSON] { if case .array(let values) = self { values } else { [] } }
  /// None for anything but an object.
  package var members: [Member] { if case .object(let members) = self { members } else { [] } }

  /// A whole number of at least 0, also where it is written as text since it is above 2^63.
  package var unsigned: UInt64? {
    switch self {
    case .int(let value): UInt64(exactly: value)
    case .string(let text): UInt64(text)
    default: nil
    }
  }

  /// The same object with `value` under `key`, in its place or at the end; without it for nil.
  package func setting(_ key: String, _ value: JSON?) -> JSON {
    var members = members
    if let index = members.firstIndex(where: { $0.key == key }) {
      if let value { members[index].value = value } else { members.remove(at: index) }
    } else if let value {
      members.append(Member(key, value))
    }
    return .object(members)
  }
}
