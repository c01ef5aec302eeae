/// One item for the child: sent as a single frame, with the item's open descriptor beside it.
package struct ChildRequest: Sendable, Hashable {
  /// Comes back with the answer's end, so that a late answer is never taken for another item's.
  package var id: Int
  /// The byte from which on the descriptor is read, and how many bytes there are.
  package var offset: Int
  package var length: Int
  /// Containers that the item is already in.
  package var depth: Int
  /// As it was dropped; a hint, and what parts without a name are named after.
  package var name: [UInt8]
  package var limits: ExtractLimits

  package init(
    id: Int, offset: Int, length: Int, depth: Int, name: [UInt8], limits: ExtractLimits
  ) {
    self.id = id
    self.offset = offset
    self.length = length
    self.depth = depth
    self.name = name
    self.limits = limits
  }

  /// Bytes of the largest request: a name has at most 4,096.
  package static let largest = 1 << 16

  package var bytes: [UInt8] {
    var wire = WireWriter()
    for number in [id, offset, length, depth] + Self.fields.map({ limits[keyPath: $0] }) {
      wire.number(number)
    }
    wire.block(name.prefix(8192))
    return wire.bytes
  }

  package init(reading bytes: UnsafeRawBufferPointer) throws(WireReader.Malformed) {
    var wire = WireReader(bytes)
    id = try wire.number()
    offset = try wire.number(upTo: .max)
    length = try wire.number(upTo: .max)
    depth = try wire.number(upTo: 1 << 16)
    limits = ExtractLimits()
    for field in Self.fields { limits[keyPath: field] = try wire.number(upTo: .max) }
    name = Array(try wire.block(upTo: 8192))
    try wire.end()
  }

  private static var fields: [WritableKeyPath<ExtractLimits, Int>] {
    [
      \.fileBytes, \.segmentBytes, \.readings, \.expandedBytes, \.partBytes, \.documentBytes,
      \.ratio, \.members, \.depth, \.milliseconds, \.memoryBytes,
    ]
  }
}
