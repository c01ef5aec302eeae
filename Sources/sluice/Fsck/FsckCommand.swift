import ArgumentParser
import Glibc
import SluiceActions
import SluiceCore
import SluiceDaemon
import SluiceLog
import SluiceSpool

/// `sluice fsck`: the promise, checked, and mended where the log says how.
struct FsckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck",
    abstract: "Check a spool against its log: every file in one place, where its record says.",
    discussion: """
      Names every break: a file in two places, without a record, elsewhere or with other bytes than \
      its record says, sidecars without a file, what a crash left in work/, temporary files, a log \
      that does not verify. A check needs no lock; while a daemon works, what may be in flight is \
      told apart (MAYBE). --repair does what the log says is to be done, each with a record, and \
      leaves alone what needs a person.

      Exit status: 0 all agree, 1 something does not (with --repair: is left), or a daemon owns the \
      spool that is to be repaired, 2 it could not be read, 3 all that is certain agrees and \
      something may be in flight.
      """)

  @Argument(help: ArgumentHelp("The spool, where no configuration names it.", valueName: "spool"))
  var spool: String?

  @Option(name: .long, help: ArgumentHelp("The log of that spool.", valueName: "dir"))
  var log: String?

  @Option(name: .long, help: "The configuration file.")
  var config: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What was dropped: a JSON object a line, {\"name\": …, \"sha256\": …}.", valueName: "file"))
  var dropped: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The log's public key (log.pub); without it, the one beside the log or in the state directory.",
      valueName: "file"))
  var key: String?

  @Flag(name: .long, help: "Mend what follows from the log, with a record of each step.")
  var repair = false

  @Flag(name: .long, help: "One JSON object.")
  var json = false

  func validate() throws {
    if config == nil, (spool == nil) != (log == nil) {
      throw ValidationError("a spool and --log go together")
    }
  }

  func run() throws {
    let config = try SpoolSettings.read(config: config, spool: spool, log: log)
    do {
      let options = try options(config)
      if repair { return try mend(config, options) }
      try end(SpoolCheck.run(config.spoolPath, options), mended: nil)
    } catch let error as SpoolError {
      guard error.code == .owned else { throw Failure(error.message) }
      throw refused(error.message)
    } catch let error as LogError {
      guard error.code == .locked else { throw Failure(error.description) }
      throw refused("another process writes \(config.logPath)")
    } catch let error as ActionError {
      throw Failure(error.message)
    }
  }

  private func mend(_ config: Config, _ options: SpoolCheck.Options) throws {
    if let owner = try Spool.owner(of: config.spoolPath) {
      throw refused("\(config.spoolPath) is owned by process \(owner)")
    }
    // What a person has to look into first is not written over, not even by opening the log.
    let verification = try LogVerifier.verify(config.logPath, options: options.verifier)
    let torn = verification.fault.map(SpoolBreak.init)
    guard verification.lines != nil, torn?.canMend != false else {
      return try leave(SpoolCheck.run(config.spoolPath, options))
    }
    let laidOut = try SpoolBreak.missing(in: SpoolSurvey(config.spoolPath))
    let local = try LocalSpool(config, tidies: false)
    let before = try SpoolCheck.run(config.spoolPath, options, ownsSpool: true)
    guard before.verification.isGood else {
      try local.close(cleanly: false)
      return try leave(before)
    }
    let plan = try SpoolMending.run(
      local.journal, logDirectory: config.logPath, report: before, laidOut: laidOut,
      by: LocalSpool.actor)
    let after = try SpoolCheck.run(config.spoolPath, options, ownsSpool: true)
    try local.close(cleanly: !plan.oneAtATime)
    try end(
      after, mended: [torn].compactMap { $0 } + laidOut + before.breaks.filter { !after.holds($0) })
  }

  private func leave(_ report: SpoolReport) throws {
    Terminal.error("the log is not whole, and all repairs go by it: nothing was touched")
    try end(report, mended: [])
  }

  /// - Parameter mended: nil where nothing was to be.
  private func end(_ report: SpoolReport, mended: [SpoolBreak]?) throws {
    if json {
      let list = mended.map { JSON.array($0.map(\.json)) }
      Terminal.write(report.json.setting("mended", list))
    } else {
      for found in mended ?? [] { Terminal.write(found.line("MENDED  ")) }
      report.lines.forEach(Terminal.write)
    }
    if !report.isGood { throw ExitCode.found }
    if !report.inFlight.isEmpty { throw ExitCode.partly }
  }

  private func refused(_ why: String) -> ExitCode {
    Terminal.error(Display.escape("\(why): stop it before a repair; nothing was touched"))
    return .refused
  }

  private func options(_ config: Config) throws -> SpoolCheck.Options {
    var options = SpoolCheck.Options(logDirectory: config.logPath)
    if let key {
      options.verifier.keys = try LogVerifier.keys(inFile: key)
    } else {
      options.verifier.keyDirectory = LogKeyPlace.find(log: config.logPath, state: config.statePath)
    }
    if let dropped {
      do {
        options.dropped = try DroppedList(StateFile.read(dropped))
      } catch let error as FileFailure {
        throw Failure(error.description)
      } catch let error as ActionError {
        throw Failure("\(dropped): \(error.message)")
      }
    }
    return options
  }
}
