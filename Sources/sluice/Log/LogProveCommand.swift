import ArgumentParser
import SluiceCore
import SluiceLog

/// `sluice log prove`.
struct LogProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Prove that one record is in the log, without the others.",
    discussion: "The proof (C2SP tlog-proof) can be checked alone, with the log's public key.")

  @OptionGroup var logOptions: LogOptions

  @Argument(help: "The record's number.")
  var seq: Int?

  @Option(
    name: .long, help: ArgumentHelp("Check this proof and print its record.", valueName: "file"))
  var check: String?

  @Option(name: .long, help: ArgumentHelp("The log's public key (log.pub).", valueName: "file"))
  var key: String?

  func validate() throws {
    guard (seq == nil) != (check == nil) else {
      throw ValidationError("give the number of a record, or --check FILE")
    }
    if check != nil, key == nil { throw ValidationError("--check needs --key FILE") }
  }

  func run() throws {
    do throws(LogError) {
      let keys = try key.map { path throws(LogError) in try LogVerifier.keys(inFile: path) } ?? []
      if let check {
        let proof = try InclusionProof.read(check)
        guard proof.isRight(keys: keys) else {
          throw LogError(.broken, "the proof does not hold for this key", path: check)
        }
        Terminal.write(String(decoding: proof.line.dropLast(), as: UTF8.self))
      } else if let seq {
        let directory = try directory()
        let proof = try LogProver.proof(of: seq, in: directory, keys: keys)
        Terminal.write(String(proof.rendered.dropLast()))
      }
    } catch {
      if error.code == .broken {
        Terminal.error(error.description)
        throw ExitCode.found
      }
      throw Failure(error.description)
    }
  }

  private func directory() throws(LogError) -> String {
    do { return try logOptions.directory() } catch {
      throw LogError(.format, "the configuration cannot be read", path: logOptions.config ?? "")
    }
  }
}
