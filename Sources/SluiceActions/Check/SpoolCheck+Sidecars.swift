import SluiceCore
import SluiceLog
import SluiceSpool

extension SpoolCheck {
  /// Every kept file has its sidecar, every sidecar its file, and they say the same as the record.
  mutating func judgeKeptSidecars() throws(ActionError) {
    for destination in KeptFolders.all {
      var files: Set<ItemID> = []
      var sidecars: Set<ItemID> = []
      for thing in things[.init(destination)] ?? [] {
        if let id = Self.sidecarItem(thing.path) {
          sidecars.insert(id)
          try judge(sidecar: thing, of: id)
        } else if let id = UTF8Decoding.string(thing.path).flatMap({ ItemID($0) }) {
          files.insert(id)
        }
      }
      for id in sidecars.subtracting(files) where claims[id] == nil {
        found.append(
          SpoolBreak(
            .sidecarAlone, path(destination, "\(id).json"), item: id, "its file is not there",
            canMend: true, isPassing: true))
      }
      for id in files.subtracting(sidecars) {
        found.append(
          SpoolBreak(
            .noSidecar, path(destination, id.description), item: id,
            "it has no sidecar, without which it cannot be released", canMend: true,
            isPassing: true))
      }
    }
  }

  private mutating func judge(
    sidecar thing: SpoolSurvey.Thing, of id: ItemID
  ) throws(ActionError) {
    guard let json = try json(thing) else { return }
    guard let kept = KeptItem(json: json), kept.item == id else {
      found.append(
        SpoolBreak(
          .damagedSidecar, thing.fullPath, item: id, "it cannot be read as the sidecar of \(id)"))
      return
    }
    guard let item = log.items[id], kept.sha256 != item.sha256 else { return }
    found.append(
      SpoolBreak(
        .damagedSidecar, thing.fullPath, item: id,
        "it says another digest than the record: a release would compare with that"))
  }

  /// Every annotated file has its annotation; an annotation whose item is elsewhere is nobody's.
  mutating func judgeAnnotations() throws(ActionError) {
    let all = things[.annotated] ?? []
    let paths = Set(all.map(\.path))
    for thing in all where Self.isAnnotation(thing.path) {
      guard let json = try json(thing) else { continue }
      guard let id = json["item"]?.text.flatMap({ ItemID($0) }),
        json["schema"]?.text == AnnotationSidecar.schema
      else {
        found.append(
          SpoolBreak(.damagedSidecar, thing.fullPath, "it cannot be read as an annotation"))
        continue
      }
      guard let item = log.items[id] else {
        if let first = log.first, first.seq > 1 { continue }
        found.append(
          SpoolBreak(
            .sidecarAlone, thing.fullPath, item: id, "the log knows no item \(id)"))
        continue
      }
      // Claimed yet: the file comes when its record is carried out.
      guard claims[id] == nil, !isAnnotated(item, id, beside: thing.path) else { continue }
      found.append(
        SpoolBreak(
          .sidecarAlone, thing.fullPath, item: id,
          "it belongs to item \(id), whose record \(item.last.seq) \(item.last.words)",
          canMend: true, isPassing: true))
    }
    for thing in files(of: .annotated) {
      guard
        let id = log.owners(of: .annotated, thing.path).last(where: {
          seen[$0]?.contains(thing.fullPath) == true
        }), log.items[id]?.last.destination == .annotated,
        !paths.contains(AnnotationSidecar.path(beside: thing.path, item: id))
      else { continue }
      found.append(
        SpoolBreak(
          .noAnnotation, thing.fullPath, item: id, "its annotation is not there", canMend: true,
          isPassing: true))
    }
  }

  private func isAnnotated(_ item: CheckedItem, _ id: ItemID, beside sidecar: [UInt8]) -> Bool {
    guard item.last.destination == .annotated else { return false }
    return item.last.path.map { AnnotationSidecar.path(beside: $0, item: id) == sidecar } ?? true
  }

  /// Null for what is no JSON; nil where another or nothing lies there by now.
  private func json(_ thing: SpoolSurvey.Thing) throws(ActionError) -> JSON? {
    let limit = 16 << 20
    guard thing.status.kind == .regular, thing.status.size <= limit else { return .null }
    let survey = survey
    guard let descriptor = try wrapped({ () throws(SpoolError) in try survey.open(thing) }) else {
      return nil
    }
    let bytes = try OpenFile(descriptor: descriptor).readAll(upTo: limit)
    return (try? JSON(parsing: bytes)) ?? .null
  }

  private func path(_ destination: Destination, _ name: String) -> [UInt8] {
    Array("\(destination.rawValue)/\(name)".utf8)
  }
}
