import SluiceCore
import SluiceEval

/// Judges one row or passage after another, also in disguise and by the rules to compare with.
final class EvalWorker {
  private let judge: TextJudge
  private let old: TextJudge?
  private let disguises: [Disguise]

  init(judge: TextJudge, old: TextJudge?, disguises: [Disguise]) {
    self.judge = judge
    self.old = old
    self.disguises = disguises
  }

  /// A row and everything that was found out about it.
  struct Judged: Sendable {
    var row: DatasetRow
    var verdict: RowVerdict
    var old: RowVerdict?
    /// Whether it is flagged in each of the disguises.
    var disguised: [Bool]
    var shingles: [UInt64]
    var groups: [String]
  }

  func outcome(
    _ input: EvalInput, path: String, options: Evaluation.Options
  ) -> Result<Judged, any Error> {
    Result {
      let row = try DatasetRow(
        parsing: input.bytes, file: Self.name(path), path: path, line: input.line)
      return Judged(
        row: row, verdict: try judge.verdict(on: row.text), old: try old?.verdict(on: row.text),
        disguised: try disguised(row.text, options.seed),
        shingles: Shingles.hashes(of: row.text), groups: options.groups(of: row))
    }
  }

  /// A passage of plain text, any bytes.
  func passage(
    _ input: EvalInput, seed: UInt64
  ) -> Result<(verdict: RowVerdict, disguised: [Bool]), any Error> {
    Result {
      let verdict = try judge.verdict(on: input.bytes)
      let disguised =
        disguises.isEmpty
        ? [] : try disguised(String(decoding: input.bytes, as: UTF8.self), seed)
      return (verdict, disguised)
    }
  }

  private func disguised(_ text: String, _ seed: UInt64) throws -> [Bool] {
    try disguises.map { try judge.verdict(on: $0.apply(to: text, seed: seed)).isHit }
  }

  /// `ransomware_notes` of `data/ransomware_notes.jsonl.gz`.
  private static func name(_ path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.split(separator: ".").first.map(String.init) ?? last
  }
}
