/// Which sheets of a workbook nobody sees. Source: ECMA-376, part 1, section 18.2.19 (`sheet`).
struct HiddenSheets {
  /// Names of the members that hold them, in lower case.
  let members: Set<String>

  init(_ outline: ArchiveOutline) {
    let workbook = Entries()
    for name in ArchiveOutline.wanted {
      guard let text = outline.texts[name] else { continue }
      _ = XMLWalk.read(text, into: workbook)
    }
    members = Set(
      workbook.hidden.compactMap { workbook.targets[$0] }.map { target in
        let target = target.lowercased()
        return target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
      })
  }

  private final class Entries: XMLSink {
    private(set) var hidden: [String] = []
    private(set) var targets: [String: String] = [:]
    var isFull: Bool { hidden.count + targets.count > 10_000 }

    func enter(_ name: String, _ attributes: [(name: String, value: String)]) {
      func value(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
      if name == "sheet", let state = value("state"), state != "visible", let id = value("id") {
        hidden.append(id)
      } else if name == "Relationship", let id = value("Id"), let target = value("Target") {
        targets[id] = target
      }
    }

    func leave(_ name: String) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}
    func comment(_ text: String) {}
  }
}
