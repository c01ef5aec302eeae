/// Every event of the log with its own members, as docs/log.md and docs/log.schema.json have them;
/// a test holds the three together.
package enum EventCatalog {
  package struct Entry: Sendable, Hashable {
    package var event: LogRecord.Event
    /// Members that it can have beside `seq`, `time`, `event`, `prev`, in their order.
    package var members: [String]
  }

  package static let entries: [Entry] = [
    entry(.logCreated, "format origin key"),
    entry(.logKey, "format origin key"),
    entry(.logRestarted, "from cause"),
    entry(.logRemoved, "first last files"),
    entry(
      .recovered,
      "kind after bytes sha256 kept clean undecided completed changed poisoned failed_intents "
        + "mended_sidecars stuck item destination sidecar path path_b64 found mended who"),
    entry(.checkpointFailed, "cause"),
    entry(
      .started,
      "version pid spool mode workers clean_stop undecided generation packs decoders jit engine "
        + "confinement"),
    entry(.stopped, ""),
    entry(.paused, "part reason"),
    entry(.resumed, "part reason since"),
    entry(.alarm, "kind rule items hits"),
    entry(.unclaimable, "path path_b64 reason detail"),
    entry(
      .rulesLoaded, "generation packs overrides added removed changed warnings engine"),
    entry(.rulesRejected, "generation errors diagnostics"),
    entry(.ruleDisarmed, "rule pack rule_digest items hits hit_items"),
    entry(.ruleArmed, "rule who why"),
    entry(.itemPassed, decision), entry(.itemAnnotated, decision),
    entry(.itemQuarantined, decision), entry(.itemHeld, decision),
    entry(.itemPlaced, "item destination destination_name destination_name_b64"),
    entry(.itemVanished, "item source name name_b64"),
    entry(.itemViewed, review + " action"),
    entry(.itemRequested, review + " action report"),
    entry(
      .itemReleased,
      review + " destination destination_name destination_name_b64 allow report first"),
    entry(.itemConfirmed, review),
    entry(.itemDeleted, review + " report first"),
    entry(
      .itemRescanned,
      review + " from " + decision.split(separator: " ").dropFirst(14).joined(separator: " ")),
    entry(.itemEvidence, review + " kept"),
    entry(.intentFailed, "item intent why"),
    entry(.allowanceRevoked, "sha256 rule who why"),
  ]

  private static let decision =
    "item batch position device inode source name name_b64 size sha256 owner group mode modified "
    + "verdict destination destination_name destination_name_b64 scores findings examined decoders "
    + "examined_bytes segments unexamined reasons policy generation work"
  private static let review = "item source name name_b64 size sha256 who why"

  private static func entry(_ event: LogRecord.Event, _ members: String) -> Entry {
    Entry(event: event, members: members.split(separator: " ").map(String.init))
  }
}
