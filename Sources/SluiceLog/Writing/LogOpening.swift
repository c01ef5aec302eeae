import Glibc
import SluiceCore

/// Reads what a log holds when it is opened: the longest part whose chain holds, and what follows.
struct LogOpening {
  /// A place where the good part ends before the files do.
  struct Break {
    /// The index in `files` and the byte where the rest starts.
    var file: Int
    var offset: Int
    var reason: String
  }

  let directory: LogDirectory
  let files: [LogDirectory.File]
  /// The last checkpoint of this log's key.
  let checkpoint: Checkpoint?
  private let known: [TreeState]

  private(set) var state = TreeState.start
  /// Trees at the start of each file, for those that were walked through or known before.
  private(set) var borders: [Int: TreeState] = [:]
  private(set) var broken: Break?
  /// Where a file goes on although the next one takes over: index and byte.
  private(set) var repeats: [(file: Int, offset: Int)] = []
  private(set) var lastEvent: LogRecord.Event?
  /// Index of the file that holds the last good line, and the offset behind it.
  private(set) var end: (file: Int, offset: Int)?

  init(directory: LogDirectory, checkpoint: Checkpoint?) throws(LogError) {
    self.directory = directory
    self.checkpoint = checkpoint
    files = try directory.files()
    let bytes = try LogDirectory.read(directory.path(of: LogDirectory.tree)) ?? []
    known = TreeState.list(bytes)
    for state in known { borders[state.tree.size + 1] = state }
  }

  /// Goes through the files, from the last known tree if that proves true, else from the start.
  mutating func run() throws(LogError) {
    guard let first = files.first else {
      guard checkpoint == nil || checkpoint?.size == 0 else { throw missing(after: 0) }
      return
    }
    let sealed = checkpoint?.size ?? 0
    if let latest = known.last(where: { $0.tree.size <= sealed && $0.tree.size >= first.first }),
      try walk(from: latest)
    {
      return
    }
    guard
      let oldest = first.first == 1
        ? .start : known.first(where: { $0.tree.size + 1 == first.first })
    else {
      throw LogError(
        .broken, "the tree of the lines before \(first.first), which were removed, is not known",
        path: directory.path(of: LogDirectory.tree), seq: first.first)
    }
    guard try walk(from: oldest) else {
      throw LogError(
        .broken,
        "the lines up to \(sealed) are not those that the last checkpoint seals; "
          + "`sluice log verify` names the first one",
        path: directory.path, seq: sealed)
    }
    guard state.tree.size >= sealed else { throw missing(after: state.tree.size) }
  }

  /// How many bytes stand behind the last good line.
  var cutBytes: Int {
    get throws(LogError) {
      var count = 0
      let isCurrentRead = files.contains { $0.name == LogDirectory.current }
      if !isCurrentRead {
        count += try LogDirectory.read(directory.path(of: LogDirectory.current))?.count ?? 0
      }
      guard let broken else { return count }
      for (index, file) in files.enumerated() where index >= broken.file {
        let size = try LogDirectory.read(directory.path(of: file.name))?.count ?? 0
        count += index == broken.file ? size - broken.offset : size
      }
      return count
    }
  }

  private func missing(after size: Int) -> LogError {
    var place = directory.path
    if let broken {
      place = directory.path(of: files[broken.file].name) + ", byte \(broken.offset)"
    }
    return LogError(
      .broken,
      "line \(size + 1) is missing or damaged (\(broken?.reason ?? "the log ends before it")), but "
        + "the last checkpoint seals \(checkpoint?.size ?? 0) lines",
      path: place, seq: size + 1)
  }

  /// - Returns: false if the root at the checkpoint is not the signed one, or the start is not
  ///   where the files have it.
  private mutating func walk(from start: TreeState) throws(LogError) -> Bool {
    state = start
    broken = nil
    repeats = []
    end = nil
    lastEvent = nil
    let sealed = checkpoint?.size ?? 0
    if state.tree.size == sealed, let checkpoint, state.tree.root != checkpoint.root {
      return false
    }
    let wanted = state.tree.size + 1
    let firstIndex = files.lastIndex { $0.first <= wanted } ?? 0
    var isSkipping = files[firstIndex].first < wanted
    for index in firstIndex..<files.count {
      let limit = index + 1 < files.count ? files[index + 1].first : Int.max
      let reader = try LineReader(path: directory.path(of: files[index].name))
      if files[index].first == state.tree.size + 1 { borders[files[index].first] = state }
      while state.tree.size + 1 < limit {
        let offset = reader.offset
        guard let line = try reader.next() else {
          if reader.rest() != nil {
            broken = Break(file: index, offset: offset, reason: "torn")
          } else if limit != Int.max {
            broken = Break(file: index, offset: offset, reason: "lines are missing")
          }
          break
        }
        let form = LineForm(line.bytes)
        if isSkipping, let form, form.seq < wanted {
          // Lines that the known tree already holds: only the last one is looked at.
          if form.seq == wanted - 1 {
            guard LineForm.digest(line.bytes) == state.prev else { return false }
            lastEvent = form.event
            end = (index, reader.offset)
            isSkipping = false
          }
          continue
        }
        // Below the checkpoint the root vouches for what a line holds; above it a power cut may
        // have left anything.
        let isWhole = state.tree.size < sealed || (try? JSON(parsing: line.bytes)) != nil
        guard let form, isWhole, form.seq == state.tree.size + 1, form.prev == state.prev else {
          broken = Break(
            file: index, offset: offset,
            reason: form == nil || !isWhole ? "not a whole record" : "does not continue the chain")
          break
        }
        state.append(line.bytes)
        lastEvent = form.event
        end = (index, reader.offset)
        if state.tree.size == sealed, let checkpoint, state.tree.root != checkpoint.root {
          return false
        }
      }
      if broken != nil { break }
      if limit != Int.max { repeats.append((index, reader.offset)) }
    }
    // The line that the known tree ends with is not there.
    if isSkipping { return false }
    if state.tree.size < sealed { return start == .start || start.tree.size + 1 == files[0].first }
    return true
  }
}
