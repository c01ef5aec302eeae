import Glibc

/// Where `sluice-extract` lies.
package enum ParserProgram {
  package static let installed = "/usr/libexec/sluice/sluice-extract"

  /// The one beside this program (a build's folder), else the installed one.
  package static var path: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes {
      readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard count > 0 else { return installed }
    let program = String(decoding: buffer[..<count], as: UTF8.self)
    let beside =
      String(program[...(program.lastIndex(of: "/") ?? program.startIndex)]) + "sluice-extract"
    return access(beside, X_OK) == 0 ? beside : installed
  }
}
