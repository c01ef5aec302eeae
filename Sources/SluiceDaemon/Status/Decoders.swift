/// What this build can read of an item, for the start record.
enum Decoders {
  static let names = ["text", "runs", "metadata"]
}
