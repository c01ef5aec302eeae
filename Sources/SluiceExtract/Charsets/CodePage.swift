/// Text in a code page of Windows or DOS, as documents that name one hold it.
package enum CodePage {
  /// - Parameter page: its number, 1252 where it is not known.
  package static func decode(_ bytes: [UInt8], _ page: Int) -> String {
    let labels = page == 65001 ? ["utf-8"] : ["windows-\(page)", "cp\(page)", "windows-1252"]
    let charset = labels.lazy.compactMap { DeclaredCharset(label: $0).charset }.first
    var decoder: any Decoder = (charset ?? .utf8()).decoder
    let builder = TextBuilder(capacity: bytes.count * 4 + 64)
    var index = 0
    bytes.withUnsafeBufferPointer { bytes in
      while index < bytes.count {
        let used = decoder.decode(
          UnsafeBufferPointer(rebasing: bytes[index...]), at: index, final: true, into: builder)
        if used == 0 { break }
        index += used
      }
    }
    return String(decoding: builder.contents, as: UTF8.self)
  }
}
