/// What reading an item shows about it beside its text; the names that `signal(…)` takes.
package enum Signal: String, Sendable, Hashable, CaseIterable {
  /// The content is of another kind than the name says: a program named as a picture.
  case nameLies = "name-lies"
  /// The text is not in the character set that it declares.
  case charsetLies = "charset-lies"
  /// More than one reading of the bytes is plausible; each was examined.
  case ambiguousCharset = "ambiguous-charset"
  /// Text that the reader of the document does not see.
  case hiddenText = "hidden-text"
  /// A link whose text names another address than it leads to.
  case linkLies = "link-lies"
  /// Characters that turn the direction of reading around.
  case bidirectional = "bidi-controls"
  /// The text is disguised as honest writers hardly ever write: look-alikes of other scripts within
  /// words, characters that are shown as nothing, letters spread or replaced by digits.
  case disguise
}
