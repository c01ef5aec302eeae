import Glibc
import SluiceCore

/// Reads records in the order of the chain over all files, also while the log is written and
/// rotated. Not for use by several threads at once.
package final class LogReader {
  private let directory: LogDirectory
  private var reader: LineReader?
  private var file = ""
  /// The number that the file being read begins with.
  private var begins = 0
  private var wanted: Int
  private let resolves: Bool
  /// Plain values of sealed names, read again when a digest is not among them and there is more.
  private var values: [String: JSON.Member] = [:]
  private var valuesState: [String] = []

  /// - Parameters:
  ///   - seq: the first record wanted; earlier files are not opened.
  ///   - resolves: whether sealed names are put back where their plain values are still there.
  package init(_ directory: String, from seq: Int = 1, resolves: Bool = true) throws(LogError) {
    self.directory = LogDirectory(path: directory)
    self.resolves = resolves
    wanted = max(1, seq)
    _ = try advance()
  }

  /// The number of the record that `next` gives, or a later one where that was removed.
  package var position: Int { wanted }

  /// The next whole record; nil at the end of what is written. Later calls go on from there.
  /// - Throws: `.broken` for a line that is no record; the call after that goes on behind it.
  package func next() throws(LogError) -> LogEntry? {
    while true {
      guard let reader else {
        guard try advance() else { return nil }
        continue
      }
      guard let line = try reader.next() else {
        guard try advance() else { return nil }
        continue
      }
      guard let form = LineForm(line.bytes) else {
        if isInRepeatedEnd() { continue }
        throw damaged(line.offset)
      }
      guard form.seq >= wanted else { continue }
      let json: JSON
      do { json = try JSON(parsing: line.bytes.dropLast()) } catch {
        if isInRepeatedEnd() { continue }
        throw damaged(line.offset)
      }
      wanted = form.seq + 1
      return LogEntry(
        seq: form.seq, event: form.event, json: try resolved(json),
        line: Array(line.bytes.dropLast()), file: file)
    }
  }

  private func damaged(_ offset: Int) -> LogError {
    LogError(
      .broken, "byte \(offset): not a record; `sluice log verify` says more",
      path: directory.path(of: file), seq: wanted)
  }

  /// Whether a later file holds the line that comes next: what stands here then does not count.
  private func isInRepeatedEnd() -> Bool {
    guard let files = try? directory.files(), let last = files.last(where: { $0.first <= wanted })
    else { return false }
    return last.name != file && last.first > 1 && isOther(last)
  }

  /// Turns to the file that holds the wanted line, or the next one after it.
  /// - Returns: false if that is the one being read, or there is none.
  private func advance() throws(LogError) -> Bool {
    let files = try directory.files()
    guard let index = files.lastIndex(where: { $0.first <= wanted }) ?? files.indices.first else {
      return false
    }
    // A file between two others that ends early leaves a gap; the next one is read then.
    for candidate in files[index...] {
      // Never back: where lines are broken, two files could take turns for ever.
      if reader != nil, candidate.first < begins { continue }
      if reader != nil, !isOther(candidate) {
        file = candidate.name
        continue
      }
      if reader != nil, candidate != files[index], candidate.first < wanted { continue }
      reader = try LineReader(path: directory.path(of: candidate.name))
      file = candidate.name
      begins = candidate.first
      return true
    }
    return false
  }

  /// Whether `file` is another one than is being read, whatever it is called by now.
  private func isOther(_ file: LogDirectory.File) -> Bool {
    guard let reader else { return true }
    var open = stat()
    var named = stat()
    guard fstat(reader.descriptor, &open) == 0, stat(directory.path(of: file.name), &named) == 0
    else { return true }
    return open.st_ino != named.st_ino || open.st_dev != named.st_dev
  }

  private func resolved(_ json: JSON) throws(LogError) -> JSON {
    guard resolves else { return json }
    if SealedValues.holdsUnknown(json, values) {
      let state = try SealedValues.state(directory)
      if state != valuesState {
        values = try SealedValues.load(directory)
        valuesState = state
      }
    }
    return SealedValues.resolve(json, with: values)
  }
}
