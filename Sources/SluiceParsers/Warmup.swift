import CGMime
import CLibXML2
import Glibc

/// Everything that libraries load when they are first used, loaded before the jail closes.
enum Warmup {
  /// Character sets that mail headers are written in. glibc's iconv keeps one file for each, and a
  /// file that is loaded stays as long as its converter is open.
  private static let charsets = [
    "UTF-7", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1", "ISO-8859-2", "ISO-8859-3",
    "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-9",
    "ISO-8859-10", "ISO-8859-13", "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "CP1250", "CP1251",
    "CP1252", "CP1253", "CP1254", "CP1255", "CP1256", "CP1257", "CP1258", "KOI8-R", "KOI8-U",
    "IBM437", "IBM850", "IBM852", "IBM866", "MACINTOSH", "TIS-620", "CP874", "SHIFT_JIS", "CP932",
    "EUC-JP", "ISO-2022-JP", "EUC-KR", "CP949", "ISO-2022-KR", "GB2312", "GBK", "GB18030", "BIG5",
    "BIG5-HKSCS", "EUC-TW", "ISO-2022-CN",
  ]

  static func run() {
    for charset in charsets {
      // Kept open on purpose, so that what it loaded stays.
      _ = iconv_open("UTF-8", charset)
    }
    g_mime_init()
    xmlInitParser()
    PDFReader.warmUp()
    Magic.warmUp()
    tzset()
  }
}
