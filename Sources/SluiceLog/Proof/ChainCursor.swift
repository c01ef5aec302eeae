import SluiceCore

/// Gives the lines of a log's files one after another, with a look ahead, as a check needs them:
/// nothing is left out but what two files hold alike.
final class ChainCursor {
  struct Line {
    var bytes: [UInt8]
    var form: LineForm?
    var isWhole: Bool
    var file: String
    /// Its number in that file, from 1.
    var number: Int

    /// The parts of a line that a frame cannot vouch for.
    var isJSON: Bool { (try? JSON(parsing: bytes)) != nil }
  }

  private let directory: LogDirectory
  private let files: [String]
  private var next = 0
  private var reader: LineReader?
  private var number = 0
  private var ahead: [Line] = []
  /// The first line of the file that follows the one being read.
  private var followingFirst: LineReader.Line?
  private(set) var repeated = 0
  /// A line that the next file should repeat and does not.
  private(set) var difference: Line?

  init(_ directory: LogDirectory, files: [String]) {
    self.directory = directory
    self.files = files
  }

  func pop() throws(LogError) -> Line? {
    if ahead.isEmpty { return try read() }
    return ahead.removeFirst()
  }

  func peek() throws(LogError) -> Line? {
    if ahead.isEmpty, let line = try read() { ahead.append(line) }
    return ahead.first
  }

  private func read() throws(LogError) -> Line? {
    while true {
      if reader == nil {
        guard next < files.count else { return nil }
        reader = try LineReader(path: directory.path(of: files[next]))
        number = 0
        next += 1
        followingFirst = nil
        if next < files.count {
          followingFirst = try LineReader(path: directory.path(of: files[next])).next()
        }
      }
      guard let line = try reader!.next() ?? reader!.rest() else {
        reader = nil
        continue
      }
      number += 1
      let read = Line(
        bytes: line.bytes, form: line.isWhole ? LineForm(line.bytes) : nil, isWhole: line.isWhole,
        file: files[next - 1], number: number)
      if line.isWhole, number > 1, let first = followingFirst, first.bytes == line.bytes {
        try compareRepeated(read)
        reader = nil
        continue
      }
      if !line.isWhole { reader = nil }
      return read
    }
  }

  /// The rest of a file whose sync failed, from the line that the next file starts with.
  private func compareRepeated(_ first: Line) throws(LogError) {
    let other = try LineReader(path: directory.path(of: files[next]))
    var line: Line? = first
    while let here = line {
      let there = try other.next()
      if here.isWhole {
        guard here.bytes == there?.bytes else {
          difference = here
          return
        }
        repeated += 1
      } else {
        // A torn end is what a failed sync leaves.
        return
      }
      guard let following = try reader!.next() ?? reader!.rest() else { return }
      number += 1
      line = Line(
        bytes: following.bytes, form: nil, isWhole: following.isWhole, file: first.file,
        number: number)
    }
  }
}
