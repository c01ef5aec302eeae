import SluiceCore

/// Finds the file behind a `list:` of a pattern.
struct ListFinder {
  /// The pack's files.
  let pack: PackFiles
  /// Directories of the site's own lists.
  let site: [String]
  let limits: PackReader.Limits
  let bag: DiagnosticBag

  private static let digestSuffixes = [".sha256", ".sha1", ".md5"]
  private static let wordSuffixes = [".txt", ".words"]

  /// - Returns: nil, reported, if there is no such list that may be read.
  func find(_ text: TracedText) -> Pattern.Kind? {
    let name = text.text
    let isDigests = Self.digestSuffixes.contains { name.hasSuffix($0) }
    guard isDigests || Self.wordSuffixes.contains(where: { name.hasSuffix($0) }) else {
      bag.error(
        .badList, at: text.span, "the name of a list says what is in it",
        hint: "words end in .txt or .words; digests in .sha256, .sha1 or .md5")
      return nil
    }
    guard let file = name.hasPrefix("site:") ? siteList(text) : packList(text) else { return nil }
    return isDigests ? .digests(file) : .words(file)
  }

  private func packList(_ text: TracedText) -> ListFile? {
    let parts = text.text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else {
      bag.error(
        .badList, at: text.span, "a list lies in the pack's own directory, or is a site's",
        hint: "as in: lists/words.txt, or site:words.txt")
      return nil
    }
    guard let file = pack.files[text.text] else {
      bag.error(
        .missingList, at: text.span, "the pack has no file '\(text.text)'",
        hint: Suggestion.nearest(text.text, in: pack.files.keys.sorted())
          .map { "did you mean '\($0)'?" })
      return nil
    }
    return ListFile(path: pack.directory + "/" + text.text, digest: file.digest, span: text.span)
  }

  private func siteList(_ text: TracedText) -> ListFile? {
    let name = String(text.text.dropFirst("site:".count))
    guard !name.contains("/"), !name.hasPrefix(".") else {
      bag.error(
        .badList, at: text.span, "a site's list is a file's name, without a directory",
        hint: "the config says in which directories it is looked for")
      return nil
    }
    for directory in site {
      let path = directory + "/" + name
      do throws(FileFault) {
        let digest = try SourceFile.digest(path, limit: limits.listBytes)
        return ListFile(path: path, digest: digest, span: text.span)
      } catch {
        if error.code == .cannotRead, error.isMissing { continue }
        bag.error(error.code, at: text.span, "\(path): \(error.message)")
        return nil
      }
    }
    bag.warning(
      .missingList, at: text.span, "no site list '\(name)' is there; the pattern matches nothing",
      hint: site.isEmpty
        ? "no directory for lists is configured"
        : "looked for in \(site.joined(separator: ", "))")
    return ListFile(path: "/dev/null", digest: PackFiles.emptyDigest, span: text.span)
  }
}
