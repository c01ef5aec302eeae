import Glibc

/// Where the public key of a log is looked for.
enum LogKeyPlace {
  /// Where the daemon keeps the key: beside the log when it was started without a configuration.
  static func find(log directory: String, state: String?) -> String? {
    ([directory + "/state/keys", directory + "/keys"]
      + [state.map { $0 + "/keys" }].compactMap { $0 })
      .first { access($0 + "/log.pub", F_OK) == 0 }
  }
}
