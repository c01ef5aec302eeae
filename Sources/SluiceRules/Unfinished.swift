import SluiceCore

/// Reads packs and overrides from disk.
package enum PackReader {
  /// Each path: a pack directory (has `pack.yaml`), a directory of packs, a directory with
  /// `overrides*.yaml`, or an overrides file.
  package static func read(_ paths: [String], options: Options) -> Reading {
    fatalError("unfinished")
  }
}
package enum PolicyReader {
  /// Policies as the config's `policies:` has them; problems go to `bag`.
  package static func read(_ value: YAMLValue, into bag: DiagnosticBag) -> [Policy] {
    fatalError("unfinished")
  }
  /// Packs and profiles that policies name and the set lacks, as warnings, with their place.
  package static func check(_ value: YAMLValue, against ruleSet: RuleSet, into bag: DiagnosticBag) {
    fatalError("unfinished")
  }
}
package enum PackSigner {
  /// Writes `SHA256SUMS` and, with a key, `SHA256SUMS.sig` into the pack's directory.
  package static func sign(_ directory: String, keyFile: String?) throws(SigningError)
    -> SigningResult
  { fatalError("unfinished") }
}
package struct SigningResult: Sendable, Hashable {
  package var files: Int
  package var signer: String?
}
extension TrustedKey {
  /// An allowed_signers or authorized_keys-like file, or a directory of `*.pub`.
  package static func read(_ path: String, into bag: DiagnosticBag) -> [TrustedKey] {
    fatalError("unfinished")
  }
}
struct YAMLParser {
  init(_ file: SourceText, limits: YAMLReader.Limits) {}
  var duplicates: [Diagnostic] = []
  mutating func document() throws(YAMLFault) -> YAMLValue? { fatalError("unfinished") }
}
