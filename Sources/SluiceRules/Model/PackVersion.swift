/// `1.4.0`: three numbers, compared in order. Versions of a pack only go up.
package struct PackVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let parts: [Int]

  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: ".", omittingEmptySubsequences: false)
    guard fields.count == 3 else { return nil }
    var parts: [Int] = []
    for field in fields {
      guard (1...9).contains(field.utf8.count), field.utf8.allSatisfy({ (48...57).contains($0) }),
        let number = Int(field)
      else { return nil }
      parts.append(number)
    }
    self.parts = parts
  }

  package var description: String { parts.map(String.init).joined(separator: ".") }

  package static func < (left: PackVersion, right: PackVersion) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}
