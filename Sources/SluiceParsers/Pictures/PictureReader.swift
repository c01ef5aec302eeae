import CSluicePictures
import Glibc
import SluiceCore
import SluiceExtract

/// Reads the text in a picture with Tesseract, and its bar and QR codes with ZBar.
struct PictureReader {
  /// What is switched on. Set before the jail closes, and read by one thread.
  nonisolated(unsafe) private(set) static var reading = PictureReading.off
  /// Dots of the largest picture that is opened: a hundred megapixels, as gray 100 MB.
  private static let mostDots: UInt64 = 100_000_000

  /// Loads the libraries and their data.
  /// - Returns: why it could not.
  static func load(_ wanted: PictureReading) -> String? {
    guard wanted != .off else { return nil }
    var trouble = [CChar](repeating: 0, count: 512)
    let code = sluice_pictures_load(
      wanted.readsText ? 1 : 0, wanted.readsCodes ? 1 : 0, &trouble, trouble.count)
    guard code == 0 else {
      return "pictures cannot be read: "
        + String(
          decoding: trouble.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    reading = wanted
    return nil
  }

  static var decoders: [String] {
    reading.decoders.map {
      $0.hasPrefix("text")
        ? $0 + " (tesseract \(String(cString: sluice_pictures_version())))" : $0 + " (zbar)"
    }
  }

  let walk: Walk
  let part: Part
  let about: Walk.About

  /// - Returns: whether the picture was read.
  func read() throws(Stop) -> Bool {
    guard part.length <= walk.limits.partBytes else {
      walk.gap(about.path, .limit, "the picture is too long to be read", limit: .partBytes)
      return false
    }
    let bytes = part.bytes(0..<part.length)
    var isTooLarge: Int32 = 0
    guard
      let picture = sluice_picture_open(bytes, bytes.count, Self.mostDots, &isTooLarge)
    else {
      if isTooLarge != 0 {
        walk.gap(
          about.path, .limit, "it has more than \(Self.mostDots) dots", limit: .expandedBytes)
      } else {
        walk.gap(about.path, .damaged, "the picture could not be decoded", bytes: part.length)
      }
      return false
    }
    defer { sluice_picture_close(picture) }
    if Self.reading.readsCodes { say("codes", sluice_picture_codes(picture)) }
    try walk.budget.checkTime(about.path)
    if Self.reading.readsText { say("text", sluice_picture_text(picture)) }
    try walk.budget.checkTime(about.path)
    return true
  }

  private func say(_ kind: String, _ text: UnsafeMutablePointer<CChar>?) {
    let path = about.below(kind + " in the picture")
    guard let text else {
      return walk.gap(path, .damaged, "the \(kind) could not be read")
    }
    defer { free(text) }
    walk.reply.decoder(kind + " in pictures")
    walk.reply.segment(path, .body, ifAny: String(cString: text))
  }
}
