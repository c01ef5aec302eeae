import ArgumentParser
import Glibc
import SluiceCore
import SluiceLog

/// `sluice log follow`: new records as they are written.
struct LogFollowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Show new records as they are written, until interrupted.")

  @OptionGroup var logOptions: LogOptions
  @OptionGroup var filter: LogFilter

  @Flag(name: .long, help: "The records as they stand in the log, one a line.")
  var json = false

  func run() throws {
    let directory = try logOptions.directory()
    let watch = inotify_init1(Int32(IN_CLOEXEC))
    let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
    guard watch >= 0, inotify_add_watch(watch, directory, events) >= 0 else {
      throw Failure("\(directory): \(String(cString: strerror(errno)))")
    }
    defer { close(watch) }
    do {
      let newest = try LogReader.tail(directory, count: 1)
      let reader = try LogReader(directory, from: (newest.last?.seq ?? 0) + 1)
      var buffer = [UInt8](repeating: 0, count: 4096)
      while true {
        while let entry = try reader.next() {
          guard filter.holds(entry) else { continue }
          if json {
            Terminal.write(entry.json)
          } else {
            LogText.lines(entry).forEach(Terminal.write)
          }
        }
        Terminal.flush()
        guard read(watch, &buffer, buffer.count) > 0 || errno == EINTR else { return }
      }
    } catch {
      throw Failure(error.description)
    }
  }
}
