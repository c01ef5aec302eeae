import CLibArchive
import Glibc
import SluiceCore
import SluiceExtract

/// Opens what libarchive knows: archives, compressed files, and archives in compressed files. Every
/// member is unpacked into memory, up to the limit of a part, and examined before the next.
struct ArchiveReader {
  private let walk: Walk
  private let part: Part
  private let about: Walk.About
  /// What its first bytes say it is; nil where libmagic alone takes it for an archive.
  private let type: String?
  /// The name that a uuencoded file gives itself.
  private let ownName: String?
  private var isCompressed: Bool { type?.hasSuffix(" file") ?? false }
  private static let block = 64 << 10

  init(_ walk: Walk, _ part: Part, _ about: Walk.About, type: String?, ownName: String? = nil) {
    self.type = type
    self.ownName = ownName
    self.walk = walk
    self.part = part
    self.about = about
  }

  func read() throws(Stop) {
    let outline = type == "zip archive" && part.length > 22 ? outline() : ArchiveOutline()
    let office = OfficeKind(outline.names)
    if let office { walk.reply.decoder(office.name) }
    let reader = office.map {
      OfficeReader(
        walk: walk, about: about, kind: $0,
        hiddenSheets: $0 == .openXML ? HiddenSheets(outline).members : [])
    }
    guard let archive = archive_read_new() else {
      return walk.gap(about.path, .damaged, "there is no memory to open it", bytes: part.length)
    }
    defer { archive_read_free(archive) }
    if isCompressed {
      supportFilter(archive)
      switch content() {
      case "tar archive": archive_read_support_format_tar(archive)
      case "cpio archive": archive_read_support_format_cpio(archive)
      default: archive_read_support_format_raw(archive)
      }
    } else {
      support(archive)
    }
    let input = ArchiveInput(part)
    defer { withExtendedLifetime(input) {} }
    guard input.open(archive) == ARCHIVE_OK else { return try unopened(archive) }
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: Self.block, alignment: 64)
    defer { buffer.deallocate() }
    var count = 0
    while true {
      var entry: OpaquePointer?
      let code = archive_read_next_header(archive, &entry)
      if code == ARCHIVE_EOF { break }
      if code == ARCHIVE_RETRY, count < walk.limits.members { continue }
      guard code >= ARCHIVE_WARN, let entry else {
        if count == 0 { return try unopened(archive) }
        try walk.budget.checkTime(about.path)
        damaged(archive, about.path)
        break
      }
      if count == 0 {
        guard isOpened(archive) else { return try walk.text(part, about) }
        walk.reply.decoder(Self.name(archive))
      }
      count += 1
      try member(archive, entry, buffer, number: count, office: reader)
    }
    if count == 0 {
      if archive_read_has_encrypted_entries(archive) == 1 {
        walk.gap(about.path, .encrypted, "its list of members is encrypted", bytes: part.length)
      }
      // An archive without members is small; what is not small holds something else.
      return try walk.text(part, about, isTold: part.length <= 1024)
    }
    try reader?.finish()
    try rest(archive)
  }

  /// What a compressed file holds. Only an archive that is known by its own mark is read in the same
  /// pass: libarchive takes zeros for the end of a tar archive, and would leave out what follows.
  private func content() -> String? {
    guard let archive = archive_read_new() else { return nil }
    defer { archive_read_free(archive) }
    supportFilter(archive)
    archive_read_support_format_raw(archive)
    let input = ArchiveInput(part)
    defer { withExtendedLifetime(input) {} }
    var entry: OpaquePointer?
    guard input.open(archive) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) >= ARCHIVE_WARN
    else { return nil }
    var head = [UInt8](repeating: 0, count: 1024)
    let count = head.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
    return head.prefix(max(0, count)).withUnsafeBufferPointer { Sniffer.type(of: $0)?.name }
  }

  /// The one layer of compression that is undone here; what is in it is looked at anew, since
  /// libarchive would also undo what only looks like another. Programs that decompress for it
  /// (lrzip, grzip, lzop) cannot be started from here.
  private func supportFilter(_ archive: OpaquePointer) {
    let filters = [
      "gzip file": ARCHIVE_FILTER_GZIP, "bzip2 file": ARCHIVE_FILTER_BZIP2,
      "lzma file": ARCHIVE_FILTER_LZMA, "xz file": ARCHIVE_FILTER_XZ,
      "lzip file": ARCHIVE_FILTER_LZIP,
      "zstd file": ARCHIVE_FILTER_ZSTD, "lz4 file": ARCHIVE_FILTER_LZ4,
      "uuencoded file": ARCHIVE_FILTER_UU,
    ]
    if type == "compress file" {
      // libarchive 3.6 crashes where this one is not left to find itself.
      archive_read_support_filter_compress(archive)
    } else if let filter = type.flatMap({ filters[$0] }) {
      archive_read_append_filter(archive, filter)
    }
  }

  /// Of an archive that is known by its first bytes only that format is read: libarchive prefers a
  /// zip archive that stands at the end, as it does where the last member of another is one.
  private func support(_ archive: OpaquePointer) {
    switch type {
    case "zip archive": archive_read_support_format_zip(archive)
    case "7z archive": archive_read_support_format_7zip(archive)
    case "rar archive":
      archive_read_support_format_rar(archive)
      archive_read_support_format_rar5(archive)
    case "cab archive": archive_read_support_format_cab(archive)
    case "cpio archive": archive_read_support_format_cpio(archive)
    case "ar archive": archive_read_support_format_ar(archive)
    case "lha archive": archive_read_support_format_lha(archive)
    case "xar archive": archive_read_support_format_xar(archive)
    case "tar archive": archive_read_support_format_tar(archive)
    case "rpm package":
      archive_read_support_filter_all(archive)
      archive_read_support_format_cpio(archive)
    default: Self.supportAll(archive)
    }
  }

  private static func supportAll(_ archive: OpaquePointer) {
    archive_read_support_format_tar(archive)
    archive_read_support_format_raw(archive)
    archive_read_support_format_empty(archive)
    archive_read_support_format_zip(archive)
    archive_read_support_format_7zip(archive)
    archive_read_support_format_rar(archive)
    archive_read_support_format_rar5(archive)
    archive_read_support_format_cab(archive)
    archive_read_support_format_iso9660(archive)
    archive_read_support_format_cpio(archive)
    archive_read_support_format_ar(archive)
    archive_read_support_format_lha(archive)
    archive_read_support_format_xar(archive)
  }

  /// Raw bytes behind no filter are no archive: libarchive takes anything for that.
  private func isOpened(_ archive: OpaquePointer) -> Bool {
    archive_format(archive) != ARCHIVE_FORMAT_RAW || archive_filter_code(archive, 0) != 0
  }

  private static func name(_ archive: OpaquePointer) -> String {
    var names: [String] = []
    for index in 0..<max(0, archive_filter_count(archive)) {
      if let name = archive_filter_name(archive, index) { names.append(String(cString: name)) }
    }
    if archive_format(archive) != ARCHIVE_FORMAT_RAW, let name = archive_format_name(archive) {
      names.append(String(cString: name))
    }
    return names.filter { $0 != "none" }.joined(separator: " ")
  }

  /// Formats that are read from their start, so that their end is known.
  private static let streamed: Set<Int32> = [
    ARCHIVE_FORMAT_TAR, ARCHIVE_FORMAT_CPIO, ARCHIVE_FORMAT_AR, ARCHIVE_FORMAT_RAR,
    ARCHIVE_FORMAT_RAR_V5, ARCHIVE_FORMAT_LHA, ARCHIVE_FORMAT_CAB,
  ]

  /// What lies behind the end of such an archive.
  private func rest(_ archive: OpaquePointer) throws(Stop) {
    guard archive_filter_count(archive) == 1,
      Self.streamed.contains(archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK)
    else { return }
    let end = Int(archive_filter_bytes(archive, 0))
    guard end > 0, end < part.length else { return }
    let head = part.bytes(end..<min(part.length, end + (64 << 10)))
    guard let first = head.firstIndex(where: { $0 != 0 }) else { return }
    try walk.examine(part.from(end + first), about.part("behind the archive", name: ""))
  }

  /// What nothing opens is read by its runs of text, and held for want of a decoder.
  private func unopened(_ archive: OpaquePointer) throws(Stop) {
    try walk.budget.checkTime(about.path)
    let isKnown =
      isCompressed || archive_format(archive) != 0 && archive_format(archive) != ARCHIVE_FORMAT_RAW
    if isEncryption(archive) {
      walk.gap(about.path, .encrypted, Self.message(archive), bytes: part.length)
    } else if isKnown {
      damaged(archive, about.path)
    }
    try walk.text(part, about, isTold: isKnown || isEncryption(archive))
  }

  private func member(
    _ archive: OpaquePointer, _ entry: OpaquePointer, _ buffer: UnsafeMutableRawPointer,
    number: Int, office: OfficeReader?
  ) throws(Stop) {
    let name = memberName(archive, entry, number: number)
    let inner = about.part(name, name: name)
    try walk.budget.member(inner.path)
    let kind = archive_entry_filetype(entry)
    guard kind == 0o100000 || kind == 0 else {
      // Folders, links and devices have names only.
      return walk.reply.segment(about.path, .name, ifAny: name)
    }
    guard archive_entry_hardlink(entry) == nil || archive_entry_size(entry) > 0 else {
      return walk.reply.segment(about.path, .name, ifAny: name)
    }
    guard archive_entry_is_data_encrypted(entry) == 0 else {
      let size = archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil
      walk.reply.segment(about.path, .name, ifAny: name)
      return walk.gap(inner.path, .encrypted, "it is encrypted", bytes: size, parts: 1)
    }
    guard walk.slots.begin(inner.depth) != nil else {
      return walk.gap(
        inner.path, .limit, "it lies in \(inner.depth) containers, more than are opened",
        limit: .depth, parts: 1)
    }
    var length = 0
    while true {
      let count = archive_read_data(archive, buffer, Self.block)
      if count == 0 { break }
      if count == ARCHIVE_RETRY { continue }
      guard count > 0 else {
        if isEncryption(archive) {
          walk.gap(inner.path, .encrypted, Self.message(archive), parts: 1)
        } else {
          damaged(archive, inner.path, after: length)
        }
        break
      }
      try walk.budget.expand(count, inner.path)
      let room = walk.limits.partBytes - length
      let taken = UnsafeRawBufferPointer(start: buffer, count: min(count, room))
      guard walk.slots.append(inner.depth, taken) else {
        walk.gap(inner.path, .limit, "there is no memory for it", limit: .partBytes)
        break
      }
      length += taken.count
      if count > room {
        walk.gap(
          inner.path, .limit,
          "what comes after its first \(walk.limits.partBytes) bytes was not examined",
          limit: .partBytes, parts: 1)
        break
      }
    }
    let unpacked = walk.slots.part(inner.depth)
    if let office, try office.read(name, unpacked) { return }
    try walk.examine(unpacked, inner)
  }

  /// What a zip archive's first members are, before they are read.
  private func outline() -> ArchiveOutline {
    var outline = ArchiveOutline()
    guard let archive = archive_read_new() else { return outline }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    let input = ArchiveInput(part)
    defer { withExtendedLifetime(input) {} }
    guard input.open(archive) == ARCHIVE_OK else { return outline }
    var entry: OpaquePointer?
    while outline.names.count < 4000, archive_read_next_header(archive, &entry) >= ARCHIVE_WARN,
      let entry
    {
      guard let pointer = archive_entry_pathname(entry) else { continue }
      let name = String(cString: pointer)
      outline.names.append(name)
      guard ArchiveOutline.wanted.contains(name.lowercased()) else { continue }
      var bytes = [UInt8](repeating: 0, count: ArchiveOutline.room)
      let count = bytes.withUnsafeMutableBytes { bytes -> Int in
        var done = 0
        while done < bytes.count {
          let count = archive_read_data(archive, bytes.baseAddress! + done, bytes.count - done)
          if count <= 0 { break }
          done += count
        }
        return done
      }
      outline.texts[name.lowercased()] = Array(bytes[..<count])
    }
    return outline
  }

  /// The member's own name; of a compressed file, what its name would be without the last ending.
  private func memberName(_ archive: OpaquePointer, _ entry: OpaquePointer, number: Int) -> String {
    guard archive_format(archive) != ARCHIVE_FORMAT_RAW else {
      if let ownName { return ownName }
      var name = about.name.split(separator: "/").last ?? ""
      if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = name[..<dot] }
      return name.isEmpty ? "content" : String(name)
    }
    if let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) {
      let bytes = UnsafeBufferPointer(start: name, count: strlen(name)).map {
        UInt8(bitPattern: $0)
      }
      if !bytes.isEmpty { return Display.name(bytes) }
    }
    return "member \(number)"
  }

  private func isEncryption(_ archive: OpaquePointer) -> Bool {
    if archive_read_has_encrypted_entries(archive) == 1 { return true }
    let message = Self.message(archive).lowercased()
    return message.contains("passphrase") || message.contains("encrypt")
  }

  private func damaged(_ archive: OpaquePointer, _ path: String, after bytes: Int? = nil) {
    let after = bytes.map { " after \($0) bytes" } ?? ""
    walk.gap(path, .damaged, "it could not be read to its end\(after): \(Self.message(archive))")
  }

  private static func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
  }
}
