import SluiceExtract

/// What this build can read of an item, for the start record.
enum Decoders {
  static func names(_ child: ChildHello) -> [String] {
    ["text", "runs", "metadata"] + child.decoders
  }
}
