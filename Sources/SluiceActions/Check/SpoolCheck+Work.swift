import SluiceCore
import SluiceLog
import SluiceSpool

extension SpoolCheck {
  /// Claims are under way; what else lies in `work/` is left over.
  mutating func judgeWork() {
    for (id, claim) in claims {
      let path = SpoolSurvey.path(of: claim)
      seen[id, default: []].append(path)
      guard let item = log.items[id] else { continue }
      if item.last.seq > settled {
        found.append(
          SpoolBreak(
            .unfinished, path, item: id,
            "record \(item.last.seq) \(item.last.words), and it is not there yet", canMend: true,
            isPassing: true))
      } else {
        found.append(
          SpoolBreak(
            .otherPlace, path, item: id,
            "its record \(item.last.seq) \(item.last.words), and is marked as done"))
      }
    }
    for leftover in leftovers {
      let path = Array("work/".utf8) + leftover.path
      switch leftover {
      case .folder:
        found.append(
          SpoolBreak(
            .emptyFolder, path, "no claim is in it", canMend: true, isPassing: true))
      case .copy:
        found.append(
          SpoolBreak(
            .spareCopy, path, "a copy of an item that is there itself", canMend: true,
            isPassing: true))
      case .stray:
        found.append(
          SpoolBreak(.stray, path, "Sluice put no such thing there", isPassing: true))
      }
    }
  }

  /// `state/` holds small files that are replaced whole.
  mutating func judgeState() throws(ActionError) {
    let survey = survey
    for name in try wrapped({ () throws(SpoolError) in try survey.names(in: "state") })
    where Self.isTemporary(name) {
      found.append(
        SpoolBreak(
          .temporary, Array("state/".utf8) + name, "a file that was being written", canMend: true,
          isPassing: true))
    }
  }

  /// Each item once, and decided once.
  mutating func judgeItems() {
    for (id, places) in seen where places.count > 1 {
      let list = places.map { Display.name($0) }.sorted()
      found.append(
        SpoolBreak(
          .twoPlaces, places[0], item: id, "item \(id) lies in \(list.joined(separator: " and "))",
          isPassing: true))
    }
    // A second decision may only hold what had changed since.
    for (id, item) in log.items where item.decisions > 1 && item.lastDecision != .itemHeld {
      found.append(
        SpoolBreak(
          .decidedTwice, item: id,
          "\(item.decisions) records decide it, the last one by \(item.lastDecision.rawValue)"))
    }
  }

  /// Every dropped file as often as it was dropped, and nothing else.
  mutating func judge(_ dropped: DroppedList) throws(ActionError) {
    let copies = Set(leftovers.filter(\.isSpare).map(\.path))
    for place in [SpoolSurvey.Place.incoming, .work] {
      for thing in things[place] ?? []
      where thing.status.kind == .regular && !(place == .work && copies.contains(thing.path)) {
        progress()
        if let sha256 = try digest(thing) {
          contents[sha256, default: []].append(thing.fullPath)
        }
      }
    }
    let gone = Set(
      log.items.values.lazy.filter { $0.last.destination == nil }.map(\.sha256))
    for (sha256, count) in dropped.counts where !gone.contains(sha256) {
      let places = contents[sha256] ?? []
      guard places.count != count else { continue }
      let list = places.map { Display.name($0) }.sorted().joined(separator: ", ")
      found.append(
        SpoolBreak(
          places.count < count ? .lost : .twoPlaces, places.first,
          "dropped \(count) times with digest \(sha256), found "
            + (places.isEmpty ? "in no place" : "\(places.count) times: \(list)"),
          isPassing: true))
    }
    for (sha256, places) in contents where dropped.counts[sha256] == nil {
      for place in places {
        found.append(
          SpoolBreak(.stranger, place, "nobody dropped it, by the list", isPassing: true))
      }
    }
  }
}
