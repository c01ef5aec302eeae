import Glibc
import SluiceCore
import SluiceLog
import SluiceSpool

extension SpoolCheck {
  /// What lies in a final place and is an item's file, as far as its name says.
  func files(of destination: Destination) -> [SpoolSurvey.Thing] {
    (things[.init(destination)] ?? []).filter { thing in
      if destination.isClosed {
        return Self.sidecarItem(thing.path) == nil && !Self.isTemporary(thing.path)
      }
      return destination != .annotated || !Self.isAnnotation(thing.path)
    }
  }

  /// `<id>.json` in a closed folder.
  static func sidecarItem(_ path: [UInt8]) -> ItemID? {
    guard let name = UTF8Decoding.string(path), name.hasSuffix(".json") else { return nil }
    return ItemID(name.dropLast(5))
  }

  static func isTemporary(_ path: [UInt8]) -> Bool {
    path.first == UInt8(ascii: ".") && path.hasSuffix(Folder.temporarySuffix)
  }

  static func isAnnotation(_ path: [UInt8]) -> Bool { path.hasSuffix(AnnotationSidecar.suffix) }

  /// Every file of a final place against its record.
  mutating func judgePlace(_ destination: Destination) throws(ActionError) {
    if destination.isClosed {
      for thing in things[.init(destination)] ?? [] where Self.isTemporary(thing.path) {
        found.append(
          SpoolBreak(
            .temporary, thing.fullPath, "a sidecar that was being written", canMend: true,
            isPassing: true))
      }
    }
    for thing in files(of: destination) {
      progress()
      let owners = owners(of: thing, in: destination)
      let isJudged = owners.contains {
        log.items[$0].map { !$0.isChanged && $0.sha256 != .none } ?? false
      }
      var sha256: Digest?
      if thing.status.kind == .regular, owners.isEmpty || isJudged || options.dropped != nil {
        sha256 = try digest(thing)
        // Fetched, or moved on, since the folder was read.
        if sha256 == nil { continue }
        if options.dropped != nil { contents[sha256!, default: []].append(thing.fullPath) }
      }
      try judge(thing, in: destination, sha256, owners)
    }
  }

  private func owners(
    of thing: SpoolSurvey.Thing, in destination: Destination
  ) -> [ItemID] {
    guard destination.isClosed else { return log.owners(of: destination, thing.path) }
    return UTF8Decoding.string(thing.path).flatMap { ItemID($0) }
      .map { log.items[$0] == nil ? [] : [$0] } ?? []
  }

  private mutating func judge(
    _ thing: SpoolSurvey.Thing, in destination: Destination, _ sha256: Digest?, _ owners: [ItemID]
  ) throws(ActionError) {
    var owners = owners
    if owners.isEmpty, let sha256 { owners = log.nameless(in: destination, sha256) }
    guard !owners.isEmpty else { return stranger(thing, sha256) }
    let fitting = owners.filter { id in
      guard let item = log.items[id] else { return false }
      return item.isChanged || item.sha256 == .none || sha256 == nil || item.sha256 == sha256
    }
    // Where files with one name came one after another, the latest is the one that lies there.
    guard let id = fitting.last, let item = log.items[id] else {
      let id = owners[owners.count - 1]
      seen[id, default: []].append(thing.fullPath)
      found.append(
        SpoolBreak(
          .otherContent, thing.fullPath, item: id,
          "its bytes are not those that its record says were judged"))
      return
    }
    seen[id, default: []].append(thing.fullPath)
    if item.last.destination == destination { return }
    if destination.isClosed, item.stands.count > 1, item.last.seq > settled,
      [.itemReleased, .itemDeleted, .itemRescanned].contains(item.last.event)
    {
      found.append(
        SpoolBreak(
          .unfinished, thing.fullPath, item: id,
          "record \(item.last.seq) \(item.last.words), which is not done yet", canMend: true,
          isPassing: true))
    } else {
      found.append(
        SpoolBreak(
          .otherPlace, thing.fullPath, item: id, "its record \(item.last.seq) \(item.last.words)",
          isPassing: item.last.seq > settled))
    }
  }

  /// Nothing in the log put it there.
  private mutating func stranger(_ thing: SpoolSurvey.Thing, _ sha256: Digest?) {
    if let first = log.first, first.seq > 1, thing.status.changed / 1000 < first.time.microseconds {
      notes.append(
        "\(Display.name(thing.fullPath)) lies there since before line \(first.seq), the first that "
          + "retention left: nothing can be said of it")
      return
    }
    if let sha256, let id = log.items(with: sha256).max(), let item = log.items[id] {
      found.append(
        SpoolBreak(
          .noRecord, thing.fullPath, item: id,
          "no record put it there; its content is that of item \(id), whose record "
            + "\(item.last.seq) \(item.last.words)"))
    } else {
      found.append(
        SpoolBreak(
          .noRecord, thing.fullPath, "no record put it there: nobody knows that it was examined"))
    }
  }

  /// nil where another or nothing lies there by now, or this user may not read it, which is a note.
  mutating func digest(_ thing: SpoolSurvey.Thing) throws(ActionError) -> Digest? {
    let descriptor: Int32?
    do throws(SpoolError) { descriptor = try survey.open(thing) } catch {
      guard error.errno == EACCES else { throw ActionError(spool: error) }
      notes.append("\(Display.name(thing.fullPath)) is closed to this user: it was not read")
      return nil
    }
    guard let descriptor else { return nil }
    return try OpenFile(descriptor: descriptor).digest().sha256
  }
}

extension SpoolSurvey.Place {
  init(_ destination: Destination) { self.init(rawValue: destination.rawValue)! }
}

extension [UInt8] {
  func hasSuffix(_ suffix: String) -> Bool {
    count >= suffix.utf8.count && self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
