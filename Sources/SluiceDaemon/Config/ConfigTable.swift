import SluiceCore
import SluiceExtract

/// Every setting there is.
package enum ConfigTable {
  /// In the order of the reference.
  package static let keys: [ConfigKey] =
    spool + rules + log + service + limits + opening + output + judging + upkeep

  package static func key(_ name: String) -> ConfigKey? { keys.first { $0.name == name } }

  private static let spool: [ConfigKey] = [
    ConfigKey(
      "spool.path", .path, "/var/spool/sluice", restart: true,
      "The spool: incoming/, work/, passed/, annotated/, quarantine/ and held/ lie in it, on one local file system."
    ) { $0.spoolPath = $1.text },
    ConfigKey(
      "spool.mode", .choice(Config.SpoolMode.allCases.map(\.rawValue)), "shared", restart: true,
      "shared: whoever may write to incoming/ drops files there. foreign: also files and folders that belong to other users and are closed to the daemon; needs the unit's foreign drop-in."
    ) { $0.spoolMode = Config.SpoolMode(rawValue: $1.text)! },
    ConfigKey(
      "spool.settle", .duration(.zero...Nanoseconds(seconds: 3600)), "30s", restart: true,
      "How long a file found by a scan must have been still where the kernel does not tell whether it has a writer."
    ) { $0.settle = $1.span ?? .zero },
  ]

  private static let rules: [ConfigKey] = [
    ConfigKey(
      "rules.paths", .paths, "[/usr/share/sluice/rules, /etc/sluice/rules.d]",
      "Pack directories, directories of packs, and directories with the site's overrides."
    ) { $0.rulePaths = $1.list },
    ConfigKey(
      "rules.lists", .paths, "[]",
      "Directories of word and digest lists that the site owns."
    ) { $0.ruleLists = $1.list },
    ConfigKey(
      "rules.require_signatures", .flag, "false",
      "Refuse a pack that no trusted key has signed."
    ) { $0.requireSignatures = $1.flag },
    ConfigKey(
      "rules.trusted_keys", .pathOrNone, "none",
      "A directory of OpenSSH public keys (*.pub), or a file of them, whose signatures count."
    ) { $0.trustedKeys = $1.text },
    ConfigKey(
      "rules.allow_downgrade", .flag, "false",
      "Accept a pack with a lower version than the last one that was live."
    ) { $0.allowDowngrade = $1.flag },
    ConfigKey(
      "rules.memory", .size((1 << 20)...(1 << 50)), "2GiB",
      "Bytes that the compiled expressions of one set may come to; a larger set is refused."
    ) { $0.ruleMemory = $1.number },
  ]

  private static let log: [ConfigKey] = [
    ConfigKey(
      "log.path", .path, "/var/log/sluice", restart: true,
      "The directory of actions.jsonl, its rotated files and its checkpoints."
    ) { $0.logPath = $1.text },
    ConfigKey(
      "log.rotate", .size((1 << 16)...(1 << 40)), "64MiB", restart: true,
      "The size from which a log file is closed and the next one begun."
    ) { $0.logRotateBytes = $1.number },
    ConfigKey(
      "log.retain",
      .durationOrNever(Nanoseconds(seconds: 3600)...Nanoseconds(seconds: 36_500 * 86_400)),
      "never", restart: true,
      "How long rotated log files are kept. Verification of what is left starts at a checkpoint."
    ) { $0.logRetain = $1.span },
  ]

  private static let service: [ConfigKey] = [
    ConfigKey(
      "state.path", .path, "/var/lib/sluice", restart: true,
      "The directory of the log's key, caches, and what outlives a restart."
    ) { $0.statePath = $1.text },
    ConfigKey(
      "control.socket", .pathOrNone, "/run/sluice/control.sock", restart: true,
      "The control socket: HTTP and JSON for the sluice command, curl and metrics."
    ) { $0.controlSocket = $1.text },
    ConfigKey(
      "control.group", .nameOrNone, "none", restart: true,
      "A group whose members may read status and metrics on the control socket."
    ) { $0.controlGroup = $1.text },
    ConfigKey(
      "workers", .number(0...1024), "0", restart: true,
      "How many items are examined at once; 0 is one for each core."
    ) { $0.workers = $1.number },
  ]

  private static let limits: [ConfigKey] = [
    ConfigKey(
      "limits.writer_wait", .duration(Nanoseconds(seconds: 1)...Nanoseconds(seconds: 86_400)),
      "10min", restart: true,
      "How long a claimed file may keep a writer before it is held."
    ) { $0.writerWait = $1.span ?? .zero },
    ConfigKey(
      "limits.quarantine_bytes", .size((1 << 20)...(1 << 60)), "10GiB", restart: true,
      "With more than this in quarantine/ and held/, claiming stops until there is room. Nothing is deleted."
    ) { $0.quarantineBytes = $1.number },
    ConfigKey(
      "limits.free_space", .size(0...(1 << 60)), "512MiB", restart: true,
      "With less than this free on the spool's file system, claiming stops until there is room."
    ) { $0.freeSpaceBytes = $1.number },
    ConfigKey(
      "limits.file_bytes", .size((1 << 10)...(1 << 50)), "16GiB", restart: true,
      "Bytes of a file that are examined; a larger one is held."
    ) { $0.fileBytes = $1.number },
    ConfigKey(
      "limits.segment_bytes", .size((1 << 10)...(1 << 50)), "16GiB", restart: true,
      "A longer stretch of text is not examined to its end, and its item is held."
    ) { $0.segmentBytes = $1.number },
    ConfigKey(
      "limits.queue", .number(1...100_000), "256", restart: true,
      "How many claimed items may wait for a worker."
    ) { $0.queueLength = $1.number },
  ]

  /// What the child that opens archives, mail and documents may do.
  private static let opening: [ConfigKey] = [
    ConfigKey(
      "limits.expanded_bytes", .size((1 << 20)...(1 << 50)), "4GiB", restart: true,
      "What the parts of one item may come to when they are unpacked; the rest is not opened, and the item is held."
    ) { $0.expandedBytes = $1.number },
    ConfigKey(
      "limits.part_bytes", .size((1 << 16)...(1 << 36)), "256MiB", restart: true,
      "Bytes of one unpacked part that are examined; each lies in memory meanwhile, one for each depth."
    ) { $0.partBytes = $1.number },
    ConfigKey(
      "limits.document_bytes", .size((1 << 16)...(1 << 30)), "16MiB", restart: true,
      "Bytes of one HTML, XML or rich-text document that are taken apart; a longer one is read as plain text as well, and its item is held."
    ) { $0.documentBytes = $1.number },
    ConfigKey(
      "limits.ratio", .number(2...100_000), "250", restart: true,
      "How many times an item's own size its parts may come to, once they are more than 8 MiB."
    ) { $0.ratio = $1.number },
    ConfigKey(
      "limits.members", .number(1...100_000_000), "100000", restart: true,
      "How many parts of one item are opened, at all depths."
    ) { $0.members = $1.number },
    ConfigKey(
      "limits.depth", .number(1...60), "12", restart: true,
      "How many containers inside one another are opened."
    ) { $0.depth = $1.number },
    ConfigKey(
      "limits.time", .duration(Nanoseconds(seconds: 1)...Nanoseconds(seconds: 3600)), "1min",
      restart: true,
      "How long the opening of one item may take."
    ) { $0.openTime = $1.span ?? .zero },
    ConfigKey(
      "limits.memory", .size((1 << 28)...(1 << 40)), "2GiB", restart: true,
      "Address space of each process that opens items; there is one for each worker."
    ) { $0.openMemory = $1.number },
    ConfigKey(
      "sandbox", .choice(Config.Sandbox.allCases.map(\.rawValue)), "required", restart: true,
      "required: nothing is opened where the kernel lacks a part of the sandbox. best-effort: what the kernel has must do, and status says what is missing."
    ) { $0.sandbox = Config.Sandbox(rawValue: $1.text)! },
    ConfigKey(
      "pictures", .choice(PictureReading.allCases.map(\.rawValue)), "off", restart: true,
      "What is read in pictures: text (by Tesseract, English), codes (bar and QR codes, by ZBar), all. What is asked for must be installed: liblept5, libtesseract5 and tesseract-ocr-eng, libzbar0."
    ) { $0.pictures = PictureReading(rawValue: $1.text)! },
  ]

  private static let output: [ConfigKey] = [
    ConfigKey(
      "output.mode", .permissionsOrKeep, "keep", restart: true,
      "The permission bits of what leaves through passed/ and annotated/; keep leaves those it was dropped with."
    ) {
      if case .number(let bits) = $1 { $0.outputMode = UInt32(bits) } else { $0.outputMode = nil }
    },
    ConfigKey(
      "output.group", .nameOrNone, "none", restart: true,
      "The group of what leaves; none leaves it as it is."
    ) { $0.outputGroup = $1.text },
    ConfigKey(
      "privacy.excerpts", .choice(Config.Excerpts.allCases.map(\.rawValue)), "masked",
      restart: true,
      "What the log keeps of a matched text. masked: first and last character, length and class of the rest. none: nothing. full: the text itself."
    ) { $0.excerpts = Config.Excerpts(rawValue: $1.text)! },
    ConfigKey(
      "privacy.names", .choice(Config.Names.allCases.map(\.rawValue)), "plain", restart: true,
      "sealed: the log's chain holds salted digests of file names and excerpts; the plain values lie in a side file that can expire without breaking it."
    ) { $0.names = Config.Names(rawValue: $1.text)! },
    ConfigKey(
      "privacy.names_retain",
      .durationOrNever(Nanoseconds(seconds: 3600)...Nanoseconds(seconds: 36_500 * 86_400)),
      "never",
      "How long the plain values of sealed names are kept."
    ) { $0.namesRetain = $1.span },
    ConfigKey(
      "sidecar", .choice(Config.SidecarDetail.allCases.map(\.rawValue)), "brief", restart: true,
      "full: the note beside an annotated file also names rules and excerpts, which teach a sender the rules."
    ) { $0.sidecar = Config.SidecarDetail(rawValue: $1.text)! },
    ConfigKey(
      "messages", .messages, "[]", restart: true,
      "What the note beside an annotated file tells its reader: a list of texts by language, and where it matters by harm and country, each with a help-line if there is one. None by default."
    ) { $0.messages = $1.messages },
    ConfigKey(
      "audience.languages", .languages, "[]", restart: true,
      "The languages of those readers, the preferred one first; none takes the messages in their order."
    ) { $0.audienceLanguages = $1.list },
    ConfigKey(
      "audience.country", .nameOrNone, "none", restart: true,
      "The country of those readers as two letters, for help-lines."
    ) { $0.audienceCountry = $1.text },
  ]

  private static let judging: [ConfigKey] = [
    ConfigKey(
      "policies", .policies, "[]",
      "How items of some sources are judged; the first policy that matches an item's source wins."
    ) { $0.policies = $1.policies },
    ConfigKey(
      "probation.hours", .number(0...8760), "24",
      "How long a rule that an update brings new or changed is on probation, in hours of running; 0 switches the guard off."
    ) { $0.probationHours = $1.number },
    ConfigKey(
      "probation.min_items", .number(1...1_000_000), "200",
      "How many items must have been judged before a rule on probation can be disarmed."
    ) { $0.probationMinItems = $1.number },
    ConfigKey(
      "probation.share", .number(1...100), "20",
      "The share of items, in percent, that one rule on probation may quarantine by itself before it is disarmed."
    ) { $0.probationSharePercent = $1.number },
  ]

  private static let upkeep: [ConfigKey] = [
    ConfigKey(
      "retain", .durationOrNever(Nanoseconds(seconds: 60)...Nanoseconds(seconds: 36_500 * 86_400)),
      "never",
      "How long an item stays in quarantine/ or held/ before it is deleted, counted from its entry. Sealed items and items held for evidence never expire."
    ) { $0.retain = $1.span },
    ConfigKey(
      "on_event", .command, "[]", restart: true,
      "A program that gets each record of the log as one line on its standard input. It runs beside the daemon and delays nothing."
    ) { $0.onEvent = $1.list },
  ]
}
