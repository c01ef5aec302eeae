import SluiceCore

import struct Crypto.SHA256

/// Reads packs and overrides from disk, without compiling an expression or running a test.
package enum PackReader {
  /// Each path: a pack directory (has `pack.yaml`), a directory of packs and `overrides*.yaml`, or
  /// an overrides file.
  /// - Returns: what could be read, and every problem of every file.
  package static func read(_ paths: [String], options: Options) -> Reading {
    let bag = DiagnosticBag()
    let set = SetFiles.read(paths, limits: options.limits)
    set.problems.forEach(bag.add)
    set.packs.flatMap(\.problems).forEach(bag.add)
    var packs: [Pack] = []
    var isWhole = !bag.hasErrors
    for files in set.packs {
      let errors = bag.errors
      guard var pack = ManifestReader(files: files, options: options, bag: bag).pack() else {
        isWhole = false
        continue
      }
      if bag.errors != errors { isWhole = false }
      pack.signer = Provenance(files: files, options: options, bag: bag).signer(of: pack)
      packs.append(pack)
    }
    if set.packs.isEmpty, set.problems.isEmpty {
      for path in paths.isEmpty ? ["rules"] : paths {
        bag.error(
          .noPacks, path: path, "no pack is there",
          hint: "a pack is a directory with a \(PackFiles.manifest)")
      }
    }
    packs = unique(packs, into: bag)
    let overrides = OverrideReader(options: options, bag: bag)
      .overrides(set.overrides, rules: isWhole ? Set(packs.flatMap { $0.rules.map(\.id) }) : nil)
    let diagnostics = bag.sorted
    let ruleSet = RuleSet(
      packs: packs, overrides: overrides, digest: digest(packs, set.overrides),
      warnings: diagnostics.filter { $0.severity == .warning })
    return Reading(ruleSet: ruleSet, diagnostics: diagnostics)
  }

  /// The packs in order of id, the second of a pair of ids reported and left out.
  private static func unique(_ packs: [Pack], into bag: DiagnosticBag) -> [Pack] {
    var seen: [String: Pack] = [:]
    var rules: [String: SourceSpan] = [:]
    var kept: [Pack] = []
    for pack in packs {
      if let other = seen[pack.id], !pack.id.isEmpty {
        bag.error(
          .duplicatePack, at: pack.span, "the pack '\(pack.id)' is there already",
          hint: "in \(other.directory)")
        continue
      }
      seen[pack.id] = pack
      var pack = pack
      pack.rules = pack.rules.filter { rule in
        guard let other = rules[rule.id] else {
          rules[rule.id] = rule.span
          return true
        }
        bag.error(
          .duplicateRule, at: rule.span, "the rule '\(rule.id)' is there already",
          hint: "in \(other.file.path), line \(other.line)")
        return false
      }
      kept.append(pack)
    }
    return kept.sorted { $0.id < $1.id }
  }

  /// Over every pack's digest, the digests of what its rules do (which the site's lists are part
  /// of), and the override files.
  private static func digest(_ packs: [Pack], _ overrides: [SetFiles.OverrideFile]) -> Digest {
    var hash = SHA256()
    for pack in packs {
      hash.update(data: Array("\(pack.id)\0\(pack.version)\0".utf8) + pack.digest.bytes)
      for rule in pack.rules { hash.update(data: rule.digest.bytes) }
    }
    for file in overrides.map(\.digest).sorted() { hash.update(data: file.bytes) }
    return Digest(bytes: Array(hash.finalize()))!
  }
}
