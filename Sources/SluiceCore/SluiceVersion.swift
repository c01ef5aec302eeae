/// The version of all programs of Sluice.
package enum SluiceVersion {
  package static let text = "0.1.0"
}
