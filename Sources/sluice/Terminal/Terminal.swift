import Glibc
import SluiceCore

/// Standard output and error: buffered, and quiet when the reader has gone.
enum Terminal {
  /// Whether words may be coloured: a terminal, and no `NO_COLOR` in the environment.
  static let colored = isatty(1) == 1 && getenv("NO_COLOR") == nil
  static let errorIsTerminal = isatty(2) == 1

  private static let pending = Monitor<[UInt8]>([])

  static func write(_ line: String) {
    pending.withLock {
      $0.append(contentsOf: line.utf8)
      $0.append(10)
      if $0.count > 1 << 16 { drain(&$0) }
    }
  }

  static func write(_ json: JSON) {
    pending.withLock {
      json.write(to: &$0)
      $0.append(10)
      if $0.count > 1 << 16 { drain(&$0) }
    }
  }

  static func flush() { pending.withLock { drain(&$0) } }

  /// One line on standard error, after what was written before it.
  static func error(_ line: String) { draw(line + "\n") }

  /// Raw text on standard error, for what is drawn over.
  static func draw(_ text: String) {
    flush()
    put(Array(text.utf8), to: 2)
  }

  static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

  /// `word` in a colour of the 16, where colours are shown.
  static func paint(_ word: String, _ color: Color) -> String {
    colored ? "\u{1B}[\(color.rawValue)m\(word)\u{1B}[0m" : word
  }

  enum Color: Int {
    case red = 31
    case green = 32
    case yellow = 33
    case magenta = 35
    case faint = 2
    case bold = 1
  }

  private static func drain(_ bytes: inout [UInt8]) {
    put(bytes, to: 1)
    bytes.removeAll(keepingCapacity: true)
  }

  private static func put(_ bytes: [UInt8], to descriptor: Int32) {
    var written = 0
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count > 0 {
          written += count
        } else if errno == EPIPE {
          Glibc.exit(2)
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}

extension Verdict {
  /// The word first, then its colour.
  var shown: String {
    let word = rawValue.uppercased()
    switch self {
    case .pass: return Terminal.paint(word, .green)
    case .annotate: return Terminal.paint(word, .yellow)
    case .hold: return Terminal.paint(word, .magenta)
    case .quarantine: return Terminal.paint(word, .red)
    }
  }
}
