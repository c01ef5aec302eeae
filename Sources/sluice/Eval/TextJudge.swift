import Glibc
import SluiceCore
import SluiceDaemon
import SluiceEval
import SluiceExtract
import SluiceMatch
import SluiceRules

/// Judges texts exactly as dropped files are judged: each is put into a file in memory and goes the
/// whole way from the bytes on. One a thread.
final class TextJudge {
  private let judge: ItemJudge
  private let policy: Policy
  private let caps: [String: Verdict]
  private let descriptor: Int32

  init(
    matcher: Matcher, limits: ExtractLimits, parsers: ParserClient.Options, policy: Policy
  ) throws(Failure) {
    judge = ItemJudge(matcher: matcher, limits: limits, parsers: parsers)
    self.policy = policy
    caps = matcher.ruleSet.packs.reduce(into: [:]) { caps, pack in
      caps[pack.id] = [pack.cap, policy.caps[pack.id]].compactMap { $0 }.min()
    }
    descriptor = try Self.fileInMemory()
  }

  deinit { close(descriptor) }

  func verdict(on text: String) throws(Failure) -> RowVerdict { try verdict(on: Array(text.utf8)) }

  func verdict(on text: [UInt8]) throws(Failure) -> RowVerdict {
    guard ftruncate(descriptor, off_t(text.count)) == 0,
      pwrite(descriptor, text, text.count, 0) == text.count
    else { throw Failure("no room for a text: \(String(cString: strerror(errno)))") }
    let context = ItemContext(name: Array("text".utf8), policy: policy)
    do throws(ReadFailure) {
      return verdict(try judge.judge(descriptor, context: context).decision)
    } catch {
      throw Failure(error.message)
    }
  }

  private func verdict(_ decision: Decision) -> RowVerdict {
    let flagged = flagged(decision)
    let acting = decision.findings.filter { finding in
      finding.mode == .enforce && flagged.contains(finding.harm)
        && (finding.score > 0 || (finding.forced ?? .pass) >= .annotate)
    }
    let alone = alone(Set(acting.map(\.rule)), hasGap: !decision.unexamined.isEmpty)
    return RowVerdict(
      verdict: decision.verdict, scores: decision.scores, flagged: flagged.sorted(),
      found: decision.findings.map { finding in
        .init(
          rule: finding.rule, harm: finding.harm, isShadow: finding.mode == .shadow,
          acts: acting.contains { $0.rule == finding.rule }, isAlone: alone.contains(finding.rule))
      }, hasGap: !decision.unexamined.isEmpty)
  }

  private static func fileInMemory() throws(Failure) -> Int32 {
    let name = "/sluice-\(getpid())-\(UInt64.random(in: .min ... .max))"
    let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      throw Failure("no file in memory: \(String(cString: strerror(errno)))")
    }
    shm_unlink(name)
    return descriptor
  }

  /// Harms for which the rules, and not a gap in the examination, call for annotate or more.
  private func flagged(_ decision: Decision) -> Set<String> {
    var flagged = Set(decision.scores.filter { $0.value >= policy.annotate }.keys)
    for finding in decision.findings
    where finding.mode == .enforce && (finding.forced ?? .pass) >= .annotate {
      flagged.insert(finding.harm)
    }
    return flagged.filter { (caps[$0] ?? .quarantine) >= .annotate }
  }

  /// Rules without any one of which the text judged last would not be flagged.
  private func alone(_ acting: Set<String>, hasGap: Bool) -> Set<String> {
    if acting.count < 2 { return acting }
    // What is held for a gap is never below annotate, whatever the rules say.
    if hasGap { return [] }
    return acting.filter { judge.verdict(without: [$0]) < .annotate }
  }
}
