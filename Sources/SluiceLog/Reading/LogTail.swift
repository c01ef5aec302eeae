import SluiceCore

extension LogReader {
  /// The last records that are wanted, oldest first, read from the end of the log.
  package static func tail(
    _ directory: String, count: Int, resolves: Bool = true,
    where isWanted: (LogEntry) -> Bool = { _ in true }
  ) throws(LogError) -> [LogEntry] {
    let place = LogDirectory(path: directory)
    let values = resolves ? try SealedValues.load(place) : [:]
    var found: [LogEntry] = []
    var next = Int.max
    for file in try place.files().reversed() {
      let lines = try BackwardReader(path: place.path(of: file.name))
      while found.count < count, let line = try lines.next() {
        // The end of a file that the next one repeats is left out.
        guard let form = LineForm(line), form.seq < next,
          let json = try? JSON(parsing: line.dropLast())
        else { continue }
        next = form.seq
        let entry = LogEntry(
          seq: form.seq, event: form.event, json: SealedValues.resolve(json, with: values),
          line: line.dropLast(), file: file.name)
        if isWanted(entry) { found.append(entry) }
      }
      if found.count >= count { break }
    }
    return found.reversed()
  }
}
