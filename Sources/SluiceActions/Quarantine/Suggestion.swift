import SluiceCore

/// What a release for `false-positive` hands to whoever keeps the rules: an override that stops the
/// rule for this content, and the text as a `pass` test of the rule.
package struct Suggestion: Sendable, Hashable {
  package var item: ItemID
  /// A whole overrides file.
  package var override: String
  /// Each rule with a `pass` test, as YAML to put under the rule; empty where no text can be given.
  package var passTest: String
}

extension Quarantine {
  func suggestion(for item: KeptItem, by actor: Actor) throws(ActionError) -> Suggestion? {
    guard !item.isSealed, !item.rules.isEmpty else { return nil }
    let owner = actor.user ?? "uid \(actor.uid)"
    var override = "overrides:\n"
    for rule in item.rules.sorted() {
      override += """
          - rule: \(rule)
            sha256: \(item.sha256)
            effect: ignore
            reason: \(Self.quoted("false positive, item \(item.item)"))
            owner: \(Self.quoted(owner))

        """
    }
    var test = ""
    let file = try kept.open(item.item, in: item.destination)
    for finding in item.findings where finding["mode"]?.text != "shadow" {
      guard let rule = finding["rule"]?.text,
        let place = finding["places"]?.elements.first(where: { $0["offset"]?.integer != nil }),
        let offset = place["offset"]?.integer, let length = place["length"]?.integer,
        let text = try Self.sentence(in: file, around: offset, length)
      else { continue }
      test += "# \(rule)\ntests:\n  pass:\n    - \(Self.quoted(text))\n"
    }
    return Suggestion(item: item.item, override: override, passTest: test)
  }

  /// The line around a match, within 200 bytes on either side; nil where it is no UTF-8.
  private static func sentence(
    in file: borrowing OpenFile, around offset: Int, _ length: Int
  ) throws(ActionError) -> String? {
    guard offset >= 0, length > 0, length <= 4096 else { return nil }
    let start = max(0, offset - 200)
    let bytes = try file.range(at: start, count: offset - start + length + 200)
    guard bytes.count >= offset - start + length else { return nil }
    var low = offset - start
    var high = low + length
    while low > 0, bytes[low - 1] != 10 { low -= 1 }
    while high < bytes.count, bytes[high] != 10 { high += 1 }
    // Not in the middle of a character.
    while low < offset - start, bytes[low] & 0xC0 == 0x80 { low += 1 }
    while high > offset - start + length, high < bytes.count, bytes[high] & 0xC0 == 0x80 {
      high -= 1
    }
    return UTF8Decoding.string(bytes[low..<high])
  }

  /// A double-quoted YAML scalar, whatever the text.
  private static func quoted(_ text: String) -> String { JSON.string(text).line }
}
