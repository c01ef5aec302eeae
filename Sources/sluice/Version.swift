import SluiceCore

enum Version {
  static let text = "sluice \(SluiceVersion.text)"
}
