extension Signature {
  static let media: [Signature] = [
    Signature("PNG picture", .media, "89 50 4E 47 0D 0A 1A 0A"),
    Signature("JPEG picture", .media, "FF D8 FF") { $0[3] >= 0xC0 },
    Signature("GIF picture", .media, "47 49 46 38 ?? 61") { $0[4] == 0x37 || $0[4] == 0x39 },
    Signature("WebP picture", .media, "52 49 46 46 ?? ?? ?? ?? 57 45 42 50"),
    Signature("BMP picture", .media, "42 4D") {
      [12, 40, 52, 56, 64, 108, 124].contains($0.little32(14)) && $0.little32(6) == 0
    },
    Signature("TIFF picture", .media, "49 49 2A 00") { $0.little32(4) >= 8 },
    Signature("TIFF picture", .media, "4D 4D 00 2A") { $0.big32(4) >= 8 },
    Signature("TIFF picture", .media, "49 49 2B 00 08 00"),
    Signature("icon", .media, "00 00 01 00") { $0.little16(4) > 0 && $0[9] == 0 && $0[4] < 100 },
    Signature("cursor", .media, "00 00 02 00") { $0.little16(4) > 0 && $0[9] == 0 && $0[4] < 100 },
    Signature("Photoshop picture", .media, "38 42 50 53 00 ??") { $0[5] == 1 || $0[5] == 2 },
    Signature("JPEG 2000 picture", .media, "00 00 00 0C 6A 50 20 20 0D 0A 87 0A"),
    Signature("JPEG 2000 picture", .media, "FF 4F FF 51 00"),
    Signature("JPEG XL picture", .media, "00 00 00 0C 4A 58 4C 20 0D 0A 87 0A"),
    Signature("QOI picture", .media, "71 6F 69 66") { $0[12] == 3 || $0[12] == 4 },
    Signature("GIMP picture", .media, "67 69 6D 70 20 78 63 66 20"),
    Signature("AVI video", .media, "52 49 46 46 ?? ?? ?? ?? 41 56 49 20"),
    Signature("WAV sound", .media, "52 49 46 46 ?? ?? ?? ?? 57 41 56 45"),
    Signature("AIFF sound", .media, "46 4F 52 4D ?? ?? ?? ?? 41 49 46") { $0[11] | 0x05 == 0x47 },
    Signature("MP3 sound", .media, "49 44 33") {
      (2...4).contains($0[3]) && ($0[6] | $0[7] | $0[8] | $0[9]) < 0x80
    },
    Signature("MP3 sound", .media, "FF", isMP3),
    Signature("AAC sound", .media, "FF") {
      $0[1] & 0xF6 == 0xF0 && $0[2] & 0x3C < 0x34 && isADTS($0)
    },
    Signature("FLAC sound", .media, "66 4C 61 43 ?? 00 00 22"),
    Signature("Ogg media", .media, "4F 67 67 53 00"),
    Signature("MIDI sound", .media, "4D 54 68 64 00 00 00 06"),
    Signature("AMR sound", .media, "23 21 41 4D 52 0A"),
    Signature("ISO media", .media, "00 00 ?? ?? 66 74 79 70"),
    Signature("QuickTime video", .media, "?? ?? ?? ?? 6D 6F 6F 76", isAtom),
    Signature("QuickTime video", .media, "?? ?? ?? ?? 6D 64 61 74", isAtom),
    Signature("QuickTime video", .media, "?? ?? ?? ?? 77 69 64 65", isAtom),
    Signature("Matroska video", .media, "1A 45 DF A3"),
    Signature("ASF media", .media, "30 26 B2 75 8E 66 CF 11 A6 D9 00 AA"),
    Signature("Flash video", .media, "46 4C 56 01") { $0[4] & 0xFA == 0 },
    Signature("MPEG video", .media, "00 00 01 BA") { $0[4] & 0xC4 == 0x44 || $0[4] & 0xF1 == 0x21 },
    Signature("MPEG video", .media, "00 00 01 B3"),
    Signature("MPEG transport stream", .media, "47") {
      $0[188] == 0x47 && $0[376] == 0x47 && $0[564] == 0x47
    },
  ]

  static let programs: [Signature] = [
    Signature("ELF program", .executable, "7F 45 4C 46") { $0[4] == 1 || $0[4] == 2 },
    Signature("Windows program", .executable, "4D 5A") {
      let header = $0.little32(60)
      return header == 0 || $0.has("PE\0\0", at: header) || $0.has("NE", at: header)
        || $0.has("LE", at: header) || $0.has("LX", at: header) || $0.little16(2) < 512
    },
    Signature("Mach-O program", .executable, "CE FA ED FE"),
    Signature("Mach-O program", .executable, "CF FA ED FE"),
    Signature("Mach-O program", .executable, "FE ED FA CE"),
    Signature("Mach-O program", .executable, "FE ED FA CF"),
    Signature("Java class", .executable, "CA FE BA BE") { $0.big16(6) >= 45 },
    Signature("Mach-O program", .executable, "CA FE BA BE 00 00 00"),
    Signature("WebAssembly program", .executable, "00 61 73 6D 01 00 00 00"),
    Signature("Android program", .executable, "64 65 78 0A 30"),
    Signature("LLVM bitcode", .executable, "42 43 C0 DE"),
    Signature("SQLite database", .other, "53 51 4C 69 74 65 20 66 6F 72 6D 61 74 20 33 00"),
    Signature("font", .other, "4F 54 54 4F 00"),
    Signature("font", .other, "00 01 00 00 00") { $0[5] > 3 && $0[5] < 64 && $0[6] & 0x0F == 0 },
    Signature("font", .other, "77 4F 46 46 00"),
    Signature("font", .other, "77 4F 46 32 00"),
  ]
}
