/// A list that cannot be used.
struct ListFailure: Error {
  /// `cannot-read`, `list-changed`, `list-line`, `list-too-large`.
  let code: String
  let message: String
}
