import Foundation
import SluiceTestSupport
import Testing

/// Files of every format with one sentence in them, alone and in every container, made by
/// `Tests/Samples/make-corpus`.
struct Samples {
  static let sentence = "MARKED-SENTENCE the wallet words are amber boat cactus"

  /// A format, the name that its file bears, and the way to the sentence in it.
  struct Sample: Sendable {
    var format: String
    /// `alone` for none.
    var container: String
    var name: String
    /// Below the file's own name; empty where it is the file itself.
    var place: String
    var path: String
    /// The path of the segment that holds the sentence.
    var wanted: String { place.isEmpty ? name : name + " > " + place }
  }

  let list: [Sample]
  private let directory: TemporaryDirectory

  init() throws {
    directory = TemporaryDirectory()
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Samples/make-corpus").path
    let (status, output) = try Tool.run(["python3", script, directory.path, Self.sentence])
    try #require(status == 0, "make-corpus failed")
    let folder = directory.path
    list = try String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      try #require(fields.count == 5)
      return Sample(
        format: fields[0], container: fields[1], name: fields[3], place: fields[4],
        path: folder + "/" + fields[2])
    }
  }
}
