import ArgumentParser
import Glibc
import SluiceCore
import SluiceDaemon
import SluiceExtract
import SluiceMatch
import SluiceRules

/// Which rules, limits and policies a command judges with.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A pack, a directory of packs, or a directory with overrides; may be given again.",
      discussion: "Without it, the rules that the configuration names.", valueName: "dir"))
  var rules: [String] = []

  @Option(name: .long, help: "The configuration file.")
  var config: String?

  /// The configuration that applies: the named file, the installed one if it is there, else the
  /// defaults.
  func readConfig() throws -> Config {
    let installed = "/etc/sluice/sluice.yaml"
    guard let path = config ?? (access(installed, F_OK) == 0 ? installed : nil) else {
      return Config()
    }
    let reading = ConfigReader.read(path: path)
    for diagnostic in reading.diagnostics { Terminal.error(diagnostic.rendered) }
    if reading.hasErrors { throw ExitCode.impossible }
    return reading.config
  }

  /// Reads and compiles the rules; every diagnostic goes to standard error.
  func load(_ config: Config, runTests: Bool = false) throws -> Matcher {
    let loaded = try read(config, runTests: runTests)
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
      Terminal.error(diagnostic.rendered)
    }
    guard let matcher = loaded.matcher else { throw ExitCode.impossible }
    return matcher
  }

  /// Compiled rules of earlier calls, in the cache directory of the user. A check of rules compiles
  /// them for what they are.
  private static func cache(runTests: Bool) -> CompiledCache? {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    guard !runTests,
      let base = variable("XDG_CACHE_HOME") ?? variable("HOME").map({ $0 + "/.cache" })
    else { return nil }
    return CompiledCache(folder: base + "/sluice") { note in
      // A cache that cannot be kept is no news for one call; one that was changed is.
      if case .refused(let text) = note { Terminal.error("note: \(Display.escape(text))") }
    }
  }

  func read(_ config: Config, runTests: Bool) throws -> RuleLoading {
    let paths = rules.isEmpty ? config.rulePaths.filter { access($0, F_OK) == 0 } : rules
    guard !paths.isEmpty else {
      throw Failure(
        "no rules: give --rules DIR, or install packs in \(config.rulePaths.joined(separator: " or "))"
      )
    }
    var options = RuleLoader.Options()
    options.runTests = runTests
    options.compiled = Self.cache(runTests: runTests)
    return RuleLoader.load(paths: paths, config: config, options: options, clock: .system)
  }
}

extension Config {
  /// The policy that judges items of `source`: the first that names it.
  func policy(for source: String) -> Policy {
    policies.first { $0.applies(to: source) } ?? .standard
  }
}
