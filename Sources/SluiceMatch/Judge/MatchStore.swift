import SluiceCore

/// All matches of one item, by document, segment and probe. Kept until the item is decided, bounded
/// by the matcher's options, and reused for the next item without giving its memory back.
struct MatchStore {
  struct Segment {
    var path: String
    var part: SegmentInfo.Part
    var reading: String?
    /// False for the item's name: what is found there has no place in the bytes.
    var hasPlaces: Bool
  }

  /// The matches of one probe in one segment: a range of `records`, sorted by start.
  struct Run {
    var probe: Int
    var segment: Int
    var records: Range<Int>
  }

  struct Document {
    var path: String
    /// Sorted by probe, then segment.
    var runs: Range<Int>
    var signals: Set<Signal>
  }

  private(set) var segments: [Segment] = []
  private(set) var records: [MatchRecord] = []
  private(set) var runs: [Run] = []
  private(set) var documents: [Document] = []
  private(set) var excerpts: [UInt8] = []
  /// Matches of the open segment by probe, and the probes that have some.
  private var open: [[MatchRecord]]
  private var touched: [Int] = []
  private(set) var openMatches = 0
  private let excerptLimit = 1 << 20

  init(probes: Int) { open = Array(repeating: [], count: probes) }

  var count: Int { records.count + openMatches }

  func openCount(of probe: Int) -> Int { open[probe].count }

  mutating func reset() {
    for probe in touched { open[probe].removeAll(keepingCapacity: true) }
    touched.removeAll(keepingCapacity: true)
    openMatches = 0
    segments.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    excerpts.removeAll(keepingCapacity: true)
  }

  mutating func begin(document path: String) {
    documents.append(Document(path: path, runs: runs.count..<runs.count, signals: []))
  }

  mutating func begin(segment: Segment) { segments.append(segment) }

  mutating func insert(_ signal: Signal, document: Int) {
    documents[document].signals.insert(signal)
  }

  mutating func add(_ record: MatchRecord, probe: Int) {
    if open[probe].isEmpty { touched.append(probe) }
    open[probe].append(record)
    openMatches += 1
  }

  /// Keeps the text of a match for excerpts, while there is room.
  mutating func keep(excerpt bytes: UnsafeRawBufferPointer) -> Range<Int> {
    guard excerpts.count + bytes.count <= excerptLimit else { return 0..<0 }
    let start = excerpts.count
    excerpts.append(contentsOf: bytes)
    return start..<excerpts.count
  }

  func excerpt(of record: MatchRecord) -> String {
    String(decoding: excerpts[record.excerpt], as: UTF8.self)
  }

  /// Closes the open segment: orders its matches and drops those of other views that stem from
  /// characters an earlier view already matched.
  mutating func endSegment() {
    for probe in touched {
      let first = records.count
      Self.settle(&open[probe])
      records.append(contentsOf: open[probe])
      runs.append(
        Run(probe: probe, segment: segments.count - 1, records: first..<records.count))
      open[probe].removeAll(keepingCapacity: true)
    }
    touched.removeAll(keepingCapacity: true)
    openMatches = 0
  }

  mutating func endDocument() {
    let lower = documents[documents.count - 1].runs.lowerBound
    runs[lower...].sort { ($0.probe, $0.segment) < ($1.probe, $1.segment) }
    documents[documents.count - 1].runs = lower..<runs.count
  }

  private static func settle(_ list: inout [MatchRecord]) {
    var sorted = true
    var mixed = false
    for index in list.indices.dropFirst() {
      if list[index].start <= list[index - 1].start { sorted = false }
      if list[index].view != list[index - 1].view { mixed = true }
    }
    if !sorted {
      // The longest of one start first: it is the one that stays.
      list.sort { ($0.start, -$0.end) < ($1.start, -$1.end) }
    }
    guard !sorted || mixed else { return }
    var kept: [MatchRecord] = []
    for view in View.allCases {
      let earlier = kept
      var next = 0
      for record in list where record.view == view {
        while next < earlier.count, earlier[next].end <= record.start { next += 1 }
        if next < earlier.count, earlier[next].overlaps(record) { continue }
        if let last = kept.last, last.view == view, last.start == record.start { continue }
        kept.append(record)
      }
      if !earlier.isEmpty { kept.sort { $0.start < $1.start } }
    }
    list = kept
  }
}
