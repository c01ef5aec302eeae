import Glibc
import SluiceCore

/// One check of one log, from its first line to its last.
struct VerifierRun {
  private let directory: LogDirectory
  private let isLive: Bool
  private(set) var report = VerificationReport()
  private var cursor: ChainCursor
  private var state = TreeState.start
  private var first = 1
  private var knowsTree = true
  /// Rightly signed checkpoints by size; and what is wrong with the others.
  private var checkpoints: [Int: [Checkpoint]] = [:]
  private var checkpointFault: VerificationReport.Fault?
  private var removedUpTo = 0
  private var lastPlace: (file: String, line: Int)?

  init(directory: LogDirectory, isLive: Bool) {
    self.directory = directory
    self.isLive = isLive
    cursor = ChainCursor(directory, files: [])
  }

  // MARK: What there is

  mutating func prepare(_ options: LogVerifier.Options) throws(LogError) {
    let names = try directory.entries()
    var files = names.compactMap { name in
      LogDirectory.number(in: name, prefix: "actions-", suffix: ".jsonl").map { ($0, name) }
    }.sorted { $0 < $1 }.map(\.1)
    let known = TreeState.list(
      try LogDirectory.read(directory.path(of: LogDirectory.tree)) ?? [])
    if let name = files.first {
      first = LogDirectory.number(in: name, prefix: "actions-", suffix: ".jsonl")!
    } else if let lowest = known.first {
      first = lowest.tree.size + 1
    } else if names.contains(LogDirectory.current),
      let line = try LineReader(path: directory.path(of: LogDirectory.current)).next(),
      let form = LineForm(line.bytes)
    {
      first = form.seq
    }
    if names.contains(LogDirectory.current) { files.append(LogDirectory.current) }
    report.files = files.count
    report.first = first
    cursor = ChainCursor(directory, files: files)
    if first > 1 { try start(known.first { $0.tree.size + 1 == first }) }
    try readCheckpoints(options)
  }

  /// Begins after lines that were removed.
  private mutating func start(_ known: TreeState?) throws(LogError) {
    if let known {
      state = known
      return
    }
    knowsTree = false
    let prev = try cursor.peek()?.form?.prev ?? LineForm.firstPrev
    state = TreeState(tree: MerkleTree(), prev: prev)
  }

  private mutating func readCheckpoints(_ options: LogVerifier.Options) throws(LogError) {
    let keys = try keys(options)
    if keys.isEmpty { report.notes.append("no public key was found: no checkpoint can be checked") }
    let path = directory.path(of: LogDirectory.checkpoints)
    let (all, length, strangers) = try CheckpointFile.read(path)
    let size = try LogDirectory.read(path)?.count ?? 0
    for checkpoint in all { add(checkpoint, keys: keys, from: "checkpoints") }
    if strangers > 0, checkpointFault == nil {
      checkpointFault = fault(
        .checkpoint, all.last?.size ?? 0, LogDirectory.checkpoints, nil,
        "a checkpoint was changed: it cannot be read")
    }
    if length < size, checkpointFault == nil {
      checkpointFault = VerificationReport.Fault(
        kind: .checkpoint, seq: all.last?.size ?? 0, file: LogDirectory.checkpoints, line: nil,
        message: "byte \(length): not a whole checkpoint")
      if isLive || report.notes.isEmpty && isTorn(path, from: length) {
        checkpointFault = nil
        report.notes.append("the last checkpoint is not written to its end")
      }
    }
    if let path = options.checkpointFile {
      guard let bytes = try LogDirectory.read(path) else {
        throw .call("open", path: path, errno: ENOENT)
      }
      let kept = SignedNote.parse(bytes).notes.compactMap(Checkpoint.init(note:))
      guard !kept.isEmpty else { throw LogError(.format, "holds no checkpoint", path: path) }
      for checkpoint in kept { add(checkpoint, keys: keys, from: path) }
    }
  }

  /// A write that was cut short leaves a start of a checkpoint and no empty line after it.
  private func isTorn(_ path: String, from length: Int) -> Bool {
    guard let bytes = try? LogDirectory.read(path) else { return false }
    let rest = bytes[length...]
    return rest.count < 4096 && !rest.contains(0) && rest.last != 0x0A
  }

  private func keys(_ options: LogVerifier.Options) throws(LogError) -> [LogVerifierKey] {
    if !options.keys.isEmpty { return options.keys }
    for place in [options.keyDirectory, directory.path].compactMap({ $0 }) {
      let path = place + "/" + LogKey.publicFileName
      if access(path, F_OK) == 0 { return try LogVerifier.keys(inFile: path) }
    }
    return []
  }

  private mutating func add(_ checkpoint: Checkpoint, keys: [LogVerifierKey], from source: String) {
    guard !keys.isEmpty else { return }
    guard keys.contains(where: checkpoint.isSigned(by:)) else {
      if checkpointFault == nil {
        checkpointFault = VerificationReport.Fault(
          kind: .checkpoint, seq: checkpoint.size, file: source, line: nil,
          message: "the checkpoint at line \(checkpoint.size) is not signed by the log's key")
      }
      return
    }
    checkpoints[checkpoint.size, default: []].append(checkpoint)
  }

  // MARK: The walk

  mutating func walk() throws(LogError) {
    try check(at: first - 1)
    var expected = first
    while report.fault == nil, let line = try cursor.pop() {
      guard let form = line.form, form.seq == expected, form.prev == state.prev else {
        if !line.isWhole, isLive, try cursor.peek() == nil {
          report.notes.append("the last line is being written")
          break
        }
        report.fault = try diagnose(line, expected: expected)
        break
      }
      if form.event == .logRemoved, let json = try? JSON(parsing: line.bytes) {
        removedUpTo = max(removedUpTo, json["last"]?.integer ?? 0)
      }
      state.append(line.bytes)
      lastPlace = (line.file, line.number)
      report.lines = first...expected
      try check(at: expected)
      expected += 1
    }
    finish(expected: expected)
  }

  /// Compares the root after line `size` with what was signed.
  private mutating func check(at size: Int) throws(LogError) {
    guard knowsTree, let signed = checkpoints[size] else { return }
    guard signed.allSatisfy({ $0.root == state.tree.root }) else {
      let from = report.sealed + 1
      report.fault = fault(
        .rewritten, size, lastPlace?.file, lastPlace?.line,
        from >= size
          ? "line \(size) is not the one that was signed"
          : "line \(size) was changed, or the lines from \(from) on were written anew: "
            + "the root is not the signed one")
      return
    }
    report.checkpoints += signed.count
    report.sealed = size
  }

  private mutating func finish(expected: Int) {
    report.repeated = cursor.repeated
    if report.fault == nil, let line = cursor.difference {
      report.fault = fault(
        .changed, LineForm(line.bytes)?.seq ?? expected, line.file, line.number,
        "the next file repeats this line and differs from it")
    }
    let beyond = checkpoints.keys.filter { $0 >= expected }.min()
    if report.fault == nil, let beyond {
      report.fault = fault(
        .cutOff, expected, nil, nil,
        "the log ends at line \(expected - 1), and a checkpoint seals \(beyond) lines")
    }
    if report.fault == nil { report.fault = checkpointFault }
    if report.fault == nil, first > 1, !knowsTree || removedUpTo < first - 1 {
      report.fault = fault(
        .startMissing, 1, nil, nil,
        knowsTree
          ? "the lines before \(first) are missing and no record says that they were removed"
          : "the tree of the lines before \(first) is not known: no checkpoint can be checked")
    }
    let before = checkpoints.keys.filter { $0 < first - 1 }.count
    if before > 0 { report.notes.append("\(before) checkpoints seal only lines that were removed") }
    report.unsealed = max(0, expected - 1 - max(report.sealed, first - 1))
  }

  // MARK: Naming the first broken line

  private func fault(
    _ kind: VerificationReport.Fault.Kind, _ seq: Int, _ file: String?, _ line: Int?,
    _ message: String
  ) -> VerificationReport.Fault {
    VerificationReport.Fault(kind: kind, seq: seq, file: file, line: line, message: message)
  }

  private func diagnose(
    _ line: ChainCursor.Line, expected: Int
  ) throws(LogError) -> VerificationReport.Fault {
    let next = try cursor.peek()
    func here(_ kind: VerificationReport.Fault.Kind, _ message: String) -> VerificationReport.Fault
    {
      fault(kind, expected, line.file, line.number, "line \(expected) " + message)
    }
    func before(_ kind: VerificationReport.Fault.Kind, _ message: String)
      -> VerificationReport.Fault
    {
      fault(
        kind, expected - 1, lastPlace?.file, lastPlace?.line, "line \(expected - 1) " + message)
    }
    guard line.isWhole else { return here(.torn, "is torn: it has no end") }
    let nextFollows = next?.form.map { $0.prev == LineForm.digest(line.bytes) } ?? false
    guard let form = line.form, line.isJSON else {
      if next?.form?.seq == expected, next?.form?.prev == state.prev {
        return here(.inserted, "was pushed back by something that is no record")
      }
      return here(.changed, "is not a record as it was written")
    }
    if form.seq == expected {
      return wrongPrev(line, next: next, nextFollows: nextFollows, here: here, before: before)
    }
    if next?.form?.seq == expected {
      if form.seq == expected + 1 { return here(.swapped, "stands after line \(expected + 1)") }
      if form.seq == expected - 1, nextFollows {
        return before(.inserted, "is there twice, and the first one is not the log's")
      }
      if LineForm.digest(line.bytes) == state.prev {
        return before(.inserted, "is there twice")
      }
      return here(.inserted, "was pushed back by a line numbered \(form.seq)")
    }
    if LineForm.digest(line.bytes) == state.prev { return before(.inserted, "is there twice") }
    if next?.form?.seq == expected + 1 || form.prev == state.prev {
      return here(.changed, "was changed: its number is \(form.seq)")
    }
    if form.seq > expected {
      let last = form.seq - 1
      return here(
        .removed, last > expected ? "and those up to \(last) were removed" : "was removed")
    }
    return here(.inserted, "is not there; a line numbered \(form.seq) is in its place")
  }

  /// The number is right and the digest of the line before is not: one of the two was changed.
  private func wrongPrev(
    _ line: ChainCursor.Line, next: ChainCursor.Line?, nextFollows: Bool,
    here: (VerificationReport.Fault.Kind, String) -> VerificationReport.Fault,
    before: (VerificationReport.Fault.Kind, String) -> VerificationReport.Fault
  ) -> VerificationReport.Fault {
    let seq = line.form!.seq
    // A checkpoint seals the line before as it is, or there is none before.
    let isBeforeSealed = report.sealed >= seq - 1 || seq == first
    if next != nil {
      if !nextFollows { return here(.changed, "was changed") }
      return isBeforeSealed
        ? here(.otherChain, "and those after it are from another chain")
        : before(.changed, "was changed, or the lines after it are from another chain")
    }
    if isBeforeSealed { return here(.changed, "was changed, or is from another chain") }
    if knowsTree, let signed = checkpoints[seq]?.first {
      // With the right digest put in, does the signed root come out? Then only that was changed.
      var mended = line.bytes
      mended.replaceSubrange((mended.count - 67)..<(mended.count - 3), with: state.prev)
      var tree = state.tree
      tree.append(leaf: MerkleTree.leaf(mended))
      if tree.root == signed.root { return here(.changed, "was changed: its prev") }
    }
    return before(.changed, "was changed, or the line after it is from another chain")
  }
}
