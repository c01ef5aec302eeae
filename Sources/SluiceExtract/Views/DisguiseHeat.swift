/// Tells a text that is disguised from one in which something looks odd now and then: disguised
/// words heat it, what lies between them cools it.
struct DisguiseHeat {
  private(set) var isHot = false
  private var heat = 0

  /// Bytes of undisguised text that weigh as much as one disguised word.
  private static let span = 40
  private static let limit = 3 * span

  mutating func disguised() {
    heat += Self.span
    if heat >= Self.limit { isHot = true }
  }

  mutating func plain(bytes: Int) { heat = max(0, heat - bytes) }
}
