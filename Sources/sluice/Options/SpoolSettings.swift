import SluiceDaemon

/// The settings of a spool that is named by a configuration, or by its own and its log's directory.
enum SpoolSettings {
  static func read(
    config path: String?, spool: String?, log: String?, rules: [String] = []
  ) throws -> Config {
    guard path == nil, spool != nil else {
      var options = RuleOptions()
      options.config = path
      var config = try options.readConfig()
      if let spool { config.spoolPath = spool }
      if let log { config.logPath = log }
      return config
    }
    // The same places as a daemon that was started without a config has.
    let source: ConfigSource
    do {
      source = try DaemonArguments(spool: spool, rules: rules.isEmpty ? ["."] : rules, log: log)
        .source()
    } catch {
      throw Failure(error.description)
    }
    return source.read().config
  }
}
