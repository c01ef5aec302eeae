import SluiceCore

extension PackReader {
  /// What the site says about the packs it reads.
  package struct Options: Sendable {
    /// Whose signatures count.
    package var trustedKeys: [TrustedKey]
    /// A pack without a signature of a trusted key is an error.
    package var requireSignatures: Bool
    /// The version that ran last, by pack id; a lower one is an error unless `allowDowngrade`.
    package var knownVersions: [String: PackVersion]
    package var allowDowngrade: Bool
    /// Directories of site-owned lists, where `list: site:NAME` is looked for, in this order.
    package var lists: [String]
    /// What override end dates are held against.
    package var now: Timestamp
    package var limits: Limits

    package init(
      trustedKeys: [TrustedKey] = [], requireSignatures: Bool = false,
      knownVersions: [String: PackVersion] = [:], allowDowngrade: Bool = false,
      lists: [String] = [], now: Timestamp, limits: Limits = Limits()
    ) {
      self.trustedKeys = trustedKeys
      self.requireSignatures = requireSignatures
      self.knownVersions = knownVersions
      self.allowDowngrade = allowDowngrade
      self.lists = lists
      self.now = now
      self.limits = limits
    }
  }

  /// What is too much.
  package struct Limits: Sendable, Hashable {
    /// Bytes, depth and nodes of one YAML file.
    package var yaml = YAMLReader.Limits()
    /// Bytes of all files of one pack, its lists left out.
    package var packBytes = 32 << 20
    /// Files of one pack.
    package var packFiles = 2000
    /// Bytes of one list.
    package var listBytes = 4 << 30
    /// Characters of one expression with its definitions inserted.
    package var expression = 65_536

    package init() {}
  }
}
