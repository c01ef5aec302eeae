import ArgumentParser
import SluiceCore
import SluiceLog

/// `sluice log show`.
struct LogShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show records, oldest first.")

  @OptionGroup var logOptions: LogOptions
  @OptionGroup var filter: LogFilter

  @Flag(name: .long, help: "The records as they stand in the log, one a line.")
  var json = false

  @Option(name: .long, help: "Only the last so many.")
  var last: Int?

  func run() throws {
    let directory = try logOptions.directory()
    do {
      if let last {
        let entries = try LogReader.tail(directory, count: max(0, last), where: filter.holds)
        for entry in entries { show(entry) }
      } else {
        let reader = try LogReader(directory)
        while let entry = try reader.next() {
          if filter.holds(entry) { show(entry) }
        }
      }
    } catch {
      throw Failure(error.description)
    }
  }

  private func show(_ entry: LogEntry) {
    if json { Terminal.write(entry.json) } else { LogText.lines(entry).forEach(Terminal.write) }
  }
}
