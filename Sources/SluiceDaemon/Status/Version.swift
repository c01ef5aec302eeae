/// The version of this build, for records, status and `--version`.
package enum Version {
  package static let current = "0.1.0"
}
