import SluiceCore

/// How items of some sources are judged; the first policy that matches an item's source wins.
package struct Policy: Sendable, Hashable {
  package var name: String
  /// Source names; `*` stands for any run of characters. Empty: every source.
  package var sources: [String]
  /// Ids of the packs that count; empty: all.
  package var packs: [String]
  /// Points from which an item is annotated, and quarantined.
  package var annotate: Int
  package var quarantine: Int
  /// The highest verdict by harm, below the pack's own cap.
  package var caps: [String: Verdict]
  /// What a gap in the examination means, by cause.
  package var unexamined: [Unexamined.Cause: Verdict]
  package var profiles: [String]

  package static let standard = Policy(
    name: "default", sources: [], packs: [], annotate: 40, quarantine: 80, caps: [:],
    unexamined: [:], profiles: [])

  package init(
    name: String, sources: [String], packs: [String], annotate: Int, quarantine: Int,
    caps: [String: Verdict], unexamined: [Unexamined.Cause: Verdict], profiles: [String]
  ) {
    self.name = name
    self.sources = sources
    self.packs = packs
    self.annotate = annotate
    self.quarantine = quarantine
    self.caps = caps
    self.unexamined = unexamined
    self.profiles = profiles
  }

  /// The verdict for a gap; `hold` unless the policy says otherwise.
  package func verdict(for cause: Unexamined.Cause) -> Verdict { unexamined[cause] ?? .hold }

  /// Whether items of `source` are judged by this policy.
  package func applies(to source: String) -> Bool {
    sources.isEmpty
      || sources.contains { Self.matches(Array(source.utf8)[...], Array($0.utf8)[...]) }
  }

  /// `*` stands for any run of bytes, every other byte for itself.
  private static func matches(_ name: ArraySlice<UInt8>, _ form: ArraySlice<UInt8>) -> Bool {
    var (name, form) = (name, form)
    var retry: (name: ArraySlice<UInt8>, form: ArraySlice<UInt8>)?
    while let byte = name.first {
      if form.first == UInt8(ascii: "*") {
        form = form.dropFirst()
        retry = (name, form)
      } else if form.first == byte {
        (name, form) = (name.dropFirst(), form.dropFirst())
      } else if let last = retry {
        retry = (last.name.dropFirst(), last.form)
        (name, form) = retry!
      } else {
        return false
      }
    }
    return form.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
