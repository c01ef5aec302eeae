import Crypto
import SluiceCore
import SluiceExtract
import SluiceMatch
import SluiceRules

/// Reads an open item once: hashes it, decodes it and matches it in the same read. The daemon's
/// workers and the one-shot commands judge with this, so that they cannot differ. One a thread; its
/// buffers are used again for every item.
package final class ItemJudge {
  package let matcher: Matcher
  private let extractor: Extractor
  private let examiner: Examiner

  /// - Parameter explains: near misses are asked for, so nothing is left out of the matching.
  package init(
    matcher: Matcher, limits: ExtractLimits, parsers: ParserClient.Options? = nil,
    explains: Bool = false
  ) {
    self.matcher = matcher
    extractor = Extractor(limits: limits, parsers: parsers)
    examiner = Examiner(matcher: matcher)
    examiner.prunes = !explains
  }

  /// What was decided about an item, and the digest of what was read.
  package struct Judgement: Sendable {
    package var decision: Decision
    package var digests: ItemDigests
    /// Bytes that were read.
    package var size: Int
  }

  /// Judges what `descriptor` holds from its first byte on.
  ///
  /// - Parameters:
  ///   - allowances: ids of rules that a release allowed for a digest.
  ///   - progress: called now and then while it reads.
  /// - Throws: `ReadFailure` where the item could not be read; nothing was decided then.
  package func judge(
    _ descriptor: Int32, context: ItemContext,
    allowances: (SluiceCore.Digest) -> Set<String> = { _ in [] },
    progress: @escaping () -> Void = {}
  ) throws(ReadFailure) -> Judgement {
    var (summary, digests, size) = try read(descriptor, context, progress)
    // The process that opens formats failed: the item is read once more, by a new one.
    if summary.extractorFailed {
      (summary, digests, size) = try read(descriptor, context, progress)
    }
    let decision = examiner.finish(summary, digests: digests, allowances: allowances)
    return Judgement(decision: decision, digests: digests, size: size)
  }

  private func read(_ descriptor: Int32, _ context: ItemContext, _ progress: @escaping () -> Void)
    throws(ReadFailure) -> (ExtractionSummary, ItemDigests, Int)
  {
    var sha256 = SHA256()
    var sha1 = matcher.digestKinds.contains(.sha1) ? Insecure.SHA1() : nil
    var md5 = matcher.digestKinds.contains(.md5) ? Insecure.MD5() : nil
    var size = 0
    examiner.begin(item: context)
    let summary = try extractor.extract(
      descriptor, name: context.name, into: examiner, alive: progress
    ) { bytes in
      progress()
      size += bytes.count
      sha256.update(bufferPointer: bytes)
      sha1?.update(bufferPointer: bytes)
      md5?.update(bufferPointer: bytes)
    }
    let digests = ItemDigests(
      sha256: SluiceCore.Digest(bytes: Array(sha256.finalize()))!,
      sha1: sha1.map { Array($0.finalize()) }, md5: md5.map { Array($0.finalize()) })
    return (summary, digests, size)
  }

  /// The verdict that the item judged last would have had without these rules.
  package func verdict(without rules: Set<String>) -> Verdict { examiner.verdict(without: rules) }

  /// Why the item judged last was judged so.
  package func explanation() -> Explanation { examiner.explanation() }
}
