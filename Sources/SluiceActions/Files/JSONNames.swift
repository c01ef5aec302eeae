import SluiceCore
import SluiceLog

/// File names in records and sidecars: text where it is UTF-8, `…_b64` where it is not.
extension JSON {
  static func name(_ key: String, _ bytes: [UInt8]) -> Member {
    RecordBuilder.text(bytes, key: key)
  }

  func name(_ key: String) -> [UInt8]? { DecisionRecord.bytes(self, key: key) }
}
