import SluiceCore

/// One labelled text.
package struct DatasetRow: Sendable {
  package var text: String
  /// The text is an example of its category's harm.
  package var isHarm: Bool
  /// The harm in the words of the data set, as `area` or `area/detail`.
  package var category: String
  package var lang: String
  package var source: String
  /// Whom the text is about, where the data set says so.
  package var groups: [String]

  /// Reads `{"text", "label", "category", "lang", "source", "group"}`; only `text` and `label` are
  /// required, `group` may be a list, other members are left alone.
  ///
  /// - Parameters:
  ///   - file: what stands for a source that the row does not name.
  ///   - line: from 1, for the error.
  package init(
    parsing bytes: [UInt8], file: String, path: String, line: Int
  ) throws(EvalError) {
    let json: JSON
    do throws(JSON.SyntaxError) {
      json = try JSON(parsing: bytes)
    } catch {
      throw EvalError(.row, "no JSON object: \(error.description)", path: path, line: line)
    }
    func fault(_ message: String) -> EvalError { EvalError(.row, message, path: path, line: line) }
    guard case .object(let members) = json else { throw fault("no JSON object") }
    (category, lang, source, groups) = ("", "", file, [])
    var text: String?
    var label: Bool?
    for member in members {
      switch (member.key, member.value) {
      case ("text", .string(let value)): text = value
      case ("label", .int(let value)) where value == 0 || value == 1: label = value == 1
      case ("label", .bool(let value)): label = value
      case ("category", .string(let value)): category = value
      case ("lang", .string(let value)): lang = value
      case ("source", .string(let value)): source = value
      case ("group", .string(let value)): groups = [value]
      case ("group", .array(let values)):
        for value in values {
          guard case .string(let name) = value else { throw fault("'group' takes names") }
          groups.append(name)
        }
      case ("text", _), ("category", _), ("lang", _), ("source", _), ("group", _):
        throw fault("'\(member.key)' takes a string")
      case ("label", _): throw fault("'label' takes 0 or 1")
      default: break
      }
    }
    guard let text else { throw fault("without 'text'") }
    guard let label else { throw fault("without 'label'") }
    self.text = text
    isHarm = label
  }
}
