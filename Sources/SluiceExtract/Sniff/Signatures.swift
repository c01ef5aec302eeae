extension Signature {
  /// Every type that is told by its first bytes; the first that matches counts. Sources: the
  /// formats' own specifications, and https://www.garykessler.net/library/file_sigs.html.
  static let all: [Signature] = archives + encrypted + documents + media + programs

  private static let archives: [Signature] = [
    // Before all others: its first two bytes are a length and a sum, and can be any other's mark.
    Signature("lha archive", .archive, "?? ?? 2D 6C ?? ?? 2D") {
      $0[4] == 0x68 || $0[4] == 0x7A
    },
    Signature("zip archive", .archive, "50 4B 03 04") { $0.little16(4) & 0xFF < 100 },
    Signature("zip archive", .archive, "50 4B 05 06 00 00 00 00"),
    Signature("zip archive", .archive, "50 4B 30 30 50 4B 03 04"),
    Signature("zip archive", .archive, "50 4B 07 08 50 4B 03 04"),
    Signature("gzip file", .archive, "1F 8B") { $0[2] <= 8 && $0[3] & 0xE0 == 0 },
    Signature("compress file", .archive, "1F 9D") { $0[2] & 0x1F >= 9 && $0[2] & 0x1F <= 16 },
    Signature("bzip2 file", .archive, "42 5A 68") {
      (0x31...0x39).contains($0[3])
        && ($0.has("1AY&SY", at: 4) || ($0[4] == 0x17 && $0[5] == 0x72))
    },
    Signature("xz file", .archive, "FD 37 7A 58 5A 00"),
    Signature("lzma file", .archive, "5D 00 00") { $0[5] == 0xFF || $0[12] == 0 && $0[4] < 2 },
    Signature("lzip file", .archive, "4C 5A 49 50 01"),
    Signature("lzop file", .archive, "89 4C 5A 4F 00 0D 0A 1A 0A"),
    Signature("zstd file", .archive, "28 B5 2F FD"),
    Signature("zstd file", .archive, "?? 2A 4D 18") { $0[0] & 0xF0 == 0x50 },
    Signature("lz4 file", .archive, "04 22 4D 18"),
    Signature("lz4 file", .archive, "02 21 4C 18"),
    Signature("snappy file", .archive, "FF 06 00 00 73 4E 61 50 70 59"),
    Signature("7z archive", .archive, "37 7A BC AF 27 1C"),
    Signature("rar archive", .archive, "52 61 72 21 1A 07"),
    Signature("rar archive", .archive, "52 45 7E 5E"),
    Signature("cab archive", .archive, "4D 53 43 46 00 00 00 00"),
    Signature("cab archive", .archive, "49 53 63 28"),
    Signature("ISO 9660 image", .archive, "43 44 30 30 31", at: 32769),
    Signature("UDF image", .archive, "42 45 41 30 31", at: 32769),
    Signature("cpio archive", .archive, "30 37 30 37 30 31", text: true, isCpio),
    Signature("cpio archive", .archive, "30 37 30 37 30 32", text: true, isCpio),
    Signature("cpio archive", .archive, "30 37 30 37 30 37", text: true, isCpio),
    Signature("cpio archive", .archive, "C7 71") { $0.little16(20) < 4096 && $0.little16(20) > 0 },
    Signature("cpio archive", .archive, "71 C7") { $0.big16(20) < 4096 && $0.big16(20) > 0 },
    Signature("ar archive", .archive, "21 3C 61 72 63 68 3E 0A", text: true),
    Signature("ar archive", .archive, "21 3C 74 68 69 6E 3E 0A", text: true),
    Signature("arj archive", .archive, "60 EA") { $0.little16(2) <= 2600 && $0.little16(2) > 10 },
    Signature("zoo archive", .archive, "5A 4F 4F 20", { $0.big32(20) == 0xDCA7_C4FD }),
    Signature("ace archive", .archive, "2A 2A 41 43 45 2A 2A", at: 7),
    Signature("xar archive", .archive, "78 61 72 21 00"),
    Signature("wim image", .archive, "4D 53 57 49 4D 00 00 00"),
    Signature("squashfs image", .archive, "68 73 71 73") { (1...4).contains($0.little16(28)) },
    Signature("squashfs image", .archive, "73 71 73 68") { (1...4).contains($0.big16(28)) },
    Signature("rpm package", .archive, "ED AB EE DB"),
    Signature("qcow disk image", .archive, "51 46 49 FB 00"),
    Signature("vmdk disk image", .archive, "4B 44 4D 56"),
    Signature("vhdx disk image", .archive, "76 68 64 78 66 69 6C 65"),
    Signature("StuffIt archive", .archive, "53 74 75 66 66 49 74 20"),
    Signature("Outlook message store", .archive, "21 42 44 4E ?? ?? ?? ?? 53 4D"),
    Signature("TNEF attachment", .archive, "78 9F 3E 22"),
    Signature("compiled HTML help", .archive, "49 54 53 46 03 00 00 00"),
    Signature("tar archive", .archive, "75 73 74 61 72", at: 257),
    Signature("tar archive", .archive, "", isOldTar),
    Signature("zlib file", .archive, "78", isZlib),
  ]

  private static let encrypted: [Signature] = [
    Signature(
      "OpenPGP message", .encrypted, "2D 2D 2D 2D 2D 42 45 47 49 4E 20 50 47 50 20 4D 45",
      text: true),
    Signature("OpenPGP message", .encrypted, "", isOpenPGP),
    Signature("file encrypted with openssl", .encrypted, "53 61 6C 74 65 64 5F 5F"),
    Signature(
      "file encrypted with openssl", .encrypted, "55 32 46 73 64 47 56 6B 58 31", text: true),
    Signature(
      "file encrypted with age", .encrypted,
      "61 67 65 2D 65 6E 63 72 79 70 74 69 6F 6E 2E 6F 72 67 2F 76"),
    Signature(
      "file encrypted with age", .encrypted,
      "2D 2D 2D 2D 2D 42 45 47 49 4E 20 41 47 45 20 45", text: true),
    Signature("LUKS volume", .encrypted, "4C 55 4B 53 BA BE"),
    Signature("KeePass database", .encrypted, "03 D9 A2 9A"),
    Signature(
      "Ansible vault", .encrypted, "24 41 4E 53 49 42 4C 45 5F 56 41 55 4C 54 3B", text: true),
    Signature("BitLocker volume", .encrypted, "EB ?? 90 2D 46 56 45 2D 46 53 2D"),
  ]

  private static let documents: [Signature] = [
    Signature("PDF document", .document, "25 50 44 46 2D", text: true),
    Signature("RTF document", .document, "7B 5C 72 74", text: true),
    Signature("PostScript document", .document, "25 21 50 53 2D 41 64 6F 62 65", text: true),
    Signature("PostScript document", .document, "C5 D0 D3 C6"),
    Signature("DjVu document", .document, "41 54 26 54 46 4F 52 4D"),
    Signature("WordPerfect document", .document, "FF 57 50 43"),
    Signature("Mobipocket book", .document, "42 4F 4F 4B 4D 4F 42 49", at: 60),
    Signature("OneNote section", .document, "E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3"),
    Signature("Windows help file", .document, "3F 5F 03 00"),
    Signature("binary property list", .document, "62 70 6C 69 73 74 30 30"),
    Signature(
      "encrypted office document", .encrypted, "D0 CF 11 E0 A1 B1 1A E1",
      isEncryptedOffice),
    Signature("legacy office document", .legacyOffice, "D0 CF 11 E0 A1 B1 1A E1"),
  ]
}
