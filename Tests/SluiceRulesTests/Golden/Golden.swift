import Glibc
import SluiceCore
import SluiceTestSupport
import Testing

@testable import SluiceRules

/// Golden files: inputs in `Diagnostics/` and, beside each, the exact messages in a `.txt` of its
/// name.
///
///     SLUICE_UPDATE_GOLDEN=1 swift test --filter Golden
///
/// writes the `.txt` files anew; the difference is then what a reviewer reads.
enum Golden {
  static let folder: String = {
    let here = #filePath
    let tests = here.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/" + tests + "/Diagnostics"
  }()

  static let updates = getenv("SLUICE_UPDATE_GOLDEN") != nil

  /// Names of the inputs: files without `.yaml`, and directories.
  static let cases: [String] = names.filter { !$0.hasSuffix(".txt") && !$0.hasPrefix(".") }
    .map { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : $0 }.sorted()

  static var outputs: [String] { names.filter { $0.hasSuffix(".txt") }.sorted() }

  private static var names: [String] {
    guard let directory = try? Directory(folder, follow: true),
      let names = try? directory.names().names
    else { return [] }
    return names
  }

  static func text(_ name: String) -> String? {
    guard let bytes = try? SourceFile.read(folder + "/" + name, limit: 1 << 24).bytes else {
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Compares messages with `name.txt`, or writes it.
  static func check(
    _ diagnostics: [Diagnostic], _ name: String, without prefix: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let shown =
      diagnostics.map { diagnostic in
        diagnostic.rendered.replacing(prefix + "/", with: "").replacing(prefix, with: ".")
      }.joined(separator: "\n") + "\n"
    if updates {
      #expect(write(shown, name), "cannot write \(name).txt", sourceLocation: location)
    } else {
      #expect(shown == text(name + ".txt") ?? "", sourceLocation: location)
    }
  }

  private static func write(_ text: String, _ name: String) -> Bool {
    guard let file = fopen(folder + "/" + name + ".txt", "w") else { return false }
    defer { fclose(file) }
    return fputs(text, file) >= 0
  }
}
