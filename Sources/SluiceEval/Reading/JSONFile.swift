import SluiceCore

/// A small file with one JSON object.
enum JSONFile {
  static func object(_ path: String) throws(EvalError) -> [JSON.Member] {
    let reader = try LineReader(path)
    var bytes: [UInt8] = []
    while let line = try reader.next() { bytes += line + [10] }
    let json: JSON
    do throws(JSON.SyntaxError) { json = try JSON(parsing: bytes) } catch {
      throw EvalError(.file, error.description, path: path)
    }
    guard case .object(let members) = json else {
      throw EvalError(.file, "no JSON object", path: path)
    }
    return members
  }
}
