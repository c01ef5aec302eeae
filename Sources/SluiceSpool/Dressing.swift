import Glibc

extension Spool {
  /// Whether `dress` would change anything.
  func needsDressing(_ status: FileStatus, for destination: Destination) -> Bool {
    if destination.isClosed { return status.permissions != 0o600 }
    return options.outputGroup != nil
      || (options.outputMode ?? status.permissions & 0o777) != status.permissions
  }

  /// Sets mode and group of a file for where it goes.
  func dress(
    _ file: Int32, _ status: FileStatus, for destination: Destination, _ path: FilePath
  ) throws(SpoolError) {
    if destination.isClosed {
      guard status.permissions != 0o600 else { return }
      let result = calls.setMode(file, 0o600)
      // Another user's file that could not be read or copied; the folder around it is closed.
      if result == -EPERM && status.owner != geteuid() { return }
      try calls.check(result, "chmod", path)
      return
    }
    if let group = options.outputGroup, group != status.group {
      try setOutputGroup(file, group, path)
    }
    let wanted = options.outputMode ?? status.permissions & 0o777
    if wanted != status.permissions || options.outputGroup != nil {
      try calls.check(calls.setMode(file, wanted), "chmod", path)
    }
  }

  func setOutputGroup(_ file: Int32, _ group: UInt32, _ path: FilePath) throws(SpoolError) {
    let result = calls.setGroup(file, group)
    // The same for every item, so it must not be blamed on this one.
    if result == -EPERM {
      throw SpoolError(
        .system, "output.group \(group) cannot be set: the spool's user is no member of it",
        errno: EPERM)
    }
    try calls.check(result, "chgrp", path)
  }
}
