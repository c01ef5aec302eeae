import ArgumentParser
import SluiceCore
import SluiceRules

/// `sluice rules sign`: lists a pack's digests and signs the list.
struct RulesSignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Write a pack's SHA256SUMS and sign it with an OpenSSH key.",
    discussion: """
      'sha256sum -c SHA256SUMS' and 'ssh-keygen -Y verify -n sluice-pack' confirm the result \
      without Sluice.
      """)

  @Option(
    name: .long, help: "An unencrypted OpenSSH private key; without it, only the sums are written.")
  var key: String?

  @Argument(help: ArgumentHelp("Pack directories.", valueName: "pack"))
  var packs: [String]

  func run() throws {
    for pack in packs {
      do {
        let result = try PackSigner.sign(pack, keyFile: key)
        let signer = result.signer.map { ", signed by \(Display.escape($0))" } ?? ", not signed"
        Terminal.write("\(Display.escape(pack)): \(result.files) files listed\(signer)")
      } catch {
        throw Failure("\(pack): \(error.description)")
      }
    }
  }
}
