import ArgumentParser
import Glibc
import SluiceCore
import SluiceDaemon
import SluiceLog

/// `sluice log verify`.
struct LogVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify the chain and the checkpoints, and name the first broken line.",
    discussion: "Exit status: 0 all holds, 1 something does not, 2 it could not be read.")

  @OptionGroup var logOptions: LogOptions

  @Option(
    name: .long,
    help: ArgumentHelp("A checkpoint that was kept elsewhere.", valueName: "file"))
  var checkpoint: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The log's public key (log.pub); without it, the one beside the log or in the state directory.",
      valueName: "file"))
  var key: String?

  @Flag(name: .long, help: "The outcome as one JSON object.")
  var json = false

  func run() throws {
    let directory = try logOptions.directory()
    let report: VerificationReport
    do throws(LogError) {
      report = try LogVerifier.verify(directory, options: try options(directory))
    } catch {
      throw Failure(error.description)
    }
    if json {
      Terminal.write(report.json)
    } else {
      report.lines(for: directory).forEach(Terminal.write)
    }
    if !report.isGood { throw ExitCode.found }
  }

  private func options(_ directory: String) throws(LogError) -> LogVerifier.Options {
    var options = LogVerifier.Options(checkpointFile: checkpoint)
    if let key {
      options.keys = try LogVerifier.keys(inFile: key)
    } else {
      options.keyDirectory = keyDirectory(directory)
    }
    // A daemon may be writing: a last line without its end is then no fault.
    options.isLive = LogWriter.isOpen(directory)
    return options
  }

  private func keyDirectory(_ directory: String) -> String? {
    var rules = RuleOptions()
    rules.config = logOptions.config
    return LogKeyPlace.find(log: directory, state: try? rules.readConfig().statePath)
  }
}
