import SluiceEval

/// One row of a data set before it is read, or one passage of plain text.
struct EvalInput: Sendable {
  /// Index of the file.
  var file: Int
  /// The first line, from 1, and how many.
  var line: Int
  var lines: Int
  var bytes: [UInt8]
}

/// Reads files one after the other in batches of lines, or of passages of several lines.
final class EvalFiles {
  let paths: [String]
  /// Bytes of all files as they lie on the disk.
  let size: Int
  private let passage: Int
  private let keepsEmpty: Bool
  private var next = 0
  private var reader: LineReader?
  private var before = 0

  /// Bytes of a batch, and of a passage, however few lines that is.
  private static let batchBytes = 4 << 20
  private static let batchCount = 4096
  private static let passageBytes = 1 << 20

  /// - Parameters:
  ///   - passage: lines a passage; 1 for rows.
  ///   - keepsEmpty: empty lines are lines; else they are left out.
  init(_ paths: [String], passage: Int, keepsEmpty: Bool) throws(EvalError) {
    self.paths = paths
    self.passage = passage
    self.keepsEmpty = keepsEmpty
    var size = 0
    for path in paths { size += try LineReader(path).size }
    self.size = size
  }

  var position: Int { before + (reader?.position ?? 0) }

  func batch() throws(EvalError) -> [EvalInput] {
    var batch: [EvalInput] = []
    var bytes = 0
    while bytes < Self.batchBytes, batch.count < Self.batchCount, let input = try input() {
      bytes += input.bytes.count
      batch.append(input)
    }
    return batch
  }

  private func input() throws(EvalError) -> EvalInput? {
    while true {
      guard let reader else {
        guard next < paths.count else { return nil }
        reader = try LineReader(paths[next])
        next += 1
        continue
      }
      if let input = try input(from: reader) { return input }
      before += reader.size
      self.reader = nil
    }
  }

  private func input(from reader: LineReader) throws(EvalError) -> EvalInput? {
    var input: EvalInput?
    while let line = try reader.next() {
      if line.isEmpty, !keepsEmpty { continue }
      if input == nil {
        input = EvalInput(file: next - 1, line: reader.number, lines: 1, bytes: line)
      } else {
        input?.lines += 1
        input?.bytes.append(10)
        input?.bytes += line
      }
      if let input, input.lines >= passage || input.bytes.count >= Self.passageBytes {
        return input
      }
    }
    return input
  }
}
