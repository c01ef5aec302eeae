import ArgumentParser
import SluiceCore
import SluiceDaemon

/// `sluice rules check`: every problem of every file at once.
struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check packs and overrides, and run their embedded tests.",
    discussion: "Prints path:line:col: severity: [code] message, the line with a caret, and a hint."
  )

  @Flag(name: .long, help: "One JSON object a problem, one a line.")
  var json = false

  @Flag(name: .long, help: "Warnings count as errors.")
  var strict = false

  @Option(name: .long, help: "The configuration file, for trusted keys and lists.")
  var config: String?

  @Argument(
    help: ArgumentHelp(
      "Packs, directories of packs, or directories with overrides.", valueName: "dir"))
  var paths: [String] = []

  func run() throws {
    var options = RuleOptions()
    options.rules = paths
    options.config = config
    let loaded = try options.read(options.readConfig(), runTests: true)
    for diagnostic in loaded.diagnostics {
      if json { Terminal.write(diagnostic.json) } else { Terminal.write(diagnostic.rendered) }
    }
    let errors = loaded.diagnostics.count { $0.severity == .error }
    let warnings = loaded.diagnostics.count { $0.severity == .warning }
    if !json {
      let rules = loaded.ruleSet.rules
      let tests = rules.reduce(0) { $0 + $1.match.count + $1.pass.count }
      let protected = loaded.ruleSet.packs.reduce(0) { $0 + $1.protected.count }
      Terminal.write(
        "\(loaded.ruleSet.packs.count) packs, \(rules.count) rules, \(tests) tests, "
          + "\(protected) protected texts: \(errors) errors, \(warnings) warnings")
    }
    if errors > 0 || (strict && warnings > 0) { throw ExitCode.refused }
  }
}
