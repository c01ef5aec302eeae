import CSluiceSystem
import Glibc
import SluiceCore

/// Extended attributes of an open file.
struct Attribute: Sendable, Hashable {
  var name: String
  var value: [UInt8]

  /// The mark on what leaves: `pass`, `annotate` or `released`.
  static let verdict = "user.sluice.verdict"

  /// Marks the file where the file system has such attributes; where it has none, nothing happens,
  /// for the mark is an extra.
  static func mark(_ descriptor: Int32, _ verdict: String) {
    let bytes = Array(verdict.utf8)
    _ = bytes.withUnsafeBytes {
      sluice_attribute_set(descriptor, Self.verdict, $0.baseAddress, $0.count)
    }
  }

  /// Marks what lies in `work/`, where no other user can swap it.
  static func mark(_ folder: Int32, _ path: [UInt8], _ verdict: String) {
    let bytes = Array(verdict.utf8)
    _ = named(path) { path in
      bytes.withUnsafeBytes {
        sluice_attribute_set_at(folder, path, Self.verdict, $0.baseAddress, $0.count)
      }
    }
  }

  /// What a release puts back: the producer's own `user.` attributes, up to 64 KiB in all. What
  /// cannot be read is left out, as it is where a file system has none.
  static func worthKeeping(_ descriptor: Int32) -> [Attribute] {
    let length = sluice_attribute_list(descriptor, nil, 0)
    guard length > 0, length <= 65536 else { return [] }
    var names = [CChar](repeating: 0, count: length)
    let read = sluice_attribute_list(descriptor, &names, names.count)
    guard read > 0 else { return [] }
    var found: [Attribute] = []
    var room = 65536
    for part in names.prefix(read).split(separator: 0) {
      let bytes = part.map { UInt8(bitPattern: $0) }
      guard let name = UTF8Decoding.string(bytes), name.hasPrefix("user."),
        !name.hasPrefix("user.sluice.")
      else { continue }
      let size = sluice_attribute_get(descriptor, name, nil, 0)
      guard size >= 0, size <= room else { continue }
      var value = [UInt8](repeating: 0, count: size)
      let count = value.withUnsafeMutableBytes {
        sluice_attribute_get(descriptor, name, $0.baseAddress, $0.count)
      }
      guard count == size else { continue }
      room -= size
      found.append(Attribute(name: name, value: value))
    }
    return found.sorted { $0.name < $1.name }
  }

  func put(on descriptor: Int32) {
    _ = value.withUnsafeBytes {
      sluice_attribute_set(descriptor, name, $0.baseAddress, $0.count)
    }
  }

  var json: JSON {
    .object([.init("name", .string(name)), .init("value_b64", .string(Base64.encode(value)))])
  }

  init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }

  init?(json: JSON) {
    guard let name = json["name"]?.text, name.hasPrefix("user."),
      let value = json["value_b64"]?.text.flatMap({ Base64.decode($0) })
    else { return nil }
    self.init(name: name, value: value)
  }
}
