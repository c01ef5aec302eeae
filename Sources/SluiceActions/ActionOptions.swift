import SluiceCore
import SluiceLog

/// What a site sets about actions. The defaults are those of the configuration file.
package struct ActionOptions: Sendable {
  /// How much of a match records and kept sidecars show (`privacy.excerpts`).
  package var masking: Masking
  /// How much the sidecar of an annotated file tells (`sidecar`).
  package var detail: AnnotationSidecar.Detail
  package var messages: Messages
  /// Called as each step of an action begins; throwing makes the step fail. Tests stop and fail the
  /// work with it at every point.
  package var reach: @Sendable (Step) throws(ActionError) -> Void

  package init(
    masking: Masking = .masked, detail: AnnotationSidecar.Detail = .brief,
    messages: Messages = .none,
    reach: @escaping @Sendable (Step) throws(ActionError) -> Void = { (_) throws(ActionError) in }
  ) {
    self.masking = masking
    self.detail = detail
    self.messages = messages
    self.reach = reach
  }
}

/// The steps of actions, each before its call.
package enum Step: String, Sendable, Hashable, CaseIterable {
  case syncItems, append, commitLog, keptSidecar, syncSidecars, annotationSidecar, mark, place
  case syncPlaces, saveMark
  case restore, move, removeFile, removeSidecar, syncKept, rewriteSidecar, saveAllowances
  case verify, orphan
}
