import SluiceCore

/// Holds a pack against its sums, its signature and the versions that ran before.
struct Provenance {
  let files: PackFiles
  let options: PackReader.Options
  let bag: DiagnosticBag

  /// Checks everything.
  /// - Returns: who signed the pack, if a trusted key did and nothing is wrong.
  func signer(of pack: Pack) -> String? {
    if let known = options.knownVersions[pack.id], pack.version < known, !options.allowDowngrade {
      bag.error(
        .versionLower, at: pack.span,
        "version \(pack.version) is lower than \(known), which ran before",
        hint: "versions only go up")
    }
    guard files.files[PackFiles.sums] != nil else {
      if files.files[PackFiles.signature] != nil {
        bag.error(
          .badSignature, path: path(PackFiles.signature),
          "the signature has no \(PackFiles.sums) that it could be of")
      } else if options.requireSignatures {
        bag.error(
          .unsignedPack, path: files.directory,
          "the pack is not signed, and signatures are required",
          hint: "sluice rules sign")
      }
      return nil
    }
    let errors = bag.errors
    checkSums()
    let signer = checkSignature()
    return bag.errors == errors ? signer : nil
  }

  private func checkSums() {
    let sums = SumsFile(files.source(PackFiles.sums), into: bag)
    for entry in sums.entries {
      guard let file = files.files[entry.path] else {
        bag.error(
          .sumsMissing, at: sums.place(entry.line), "'\(entry.path)' is listed and not there")
        continue
      }
      if file.digest != entry.digest {
        bag.error(
          .sumsChanged, path: path(entry.path),
          "the file is not the one that \(PackFiles.sums) lists",
          hint: "restore it, or sign the pack again")
      }
    }
    let listed = Set(sums.entries.map(\.path))
    for name in files.files.keys.sorted() where !listed.contains(name) {
      if name == PackFiles.sums || name == PackFiles.signature { continue }
      bag.error(
        .sumsUnlisted, path: path(name), "\(PackFiles.sums) does not list the file",
        hint: "remove it, or sign the pack again")
    }
  }

  private func checkSignature() -> String? {
    let message = files.files[PackFiles.sums]!.bytes ?? []
    guard let bytes = files.files[PackFiles.signature]?.bytes else {
      if options.requireSignatures {
        bag.error(
          .unsignedPack, path: files.directory,
          "the pack has sums but no signature, and signatures are required",
          hint: "sluice rules sign")
      }
      return nil
    }
    guard let signature = SSHSignature(armored: bytes) else {
      bag.error(
        .badSignature, path: path(PackFiles.signature), "the file is no OpenSSH signature",
        hint: "ssh-keygen -Y sign -n \(SSHSignature.namespace) -f KEY \(PackFiles.sums)")
      return nil
    }
    guard signature.namespace == SSHSignature.namespace else {
      bag.error(
        .badSignature, path: path(PackFiles.signature),
        "the signature is for '\(signature.namespace)', not for '\(SSHSignature.namespace)'")
      return nil
    }
    guard signature.verifies(message) else {
      bag.error(
        .badSignature, path: path(PackFiles.signature),
        "the signature is not one of \(PackFiles.sums) as it is",
        hint: "Ed25519 and ECDSA P-256 keys are known here")
      return nil
    }
    return known(signature)
  }

  private func known(_ signature: SSHSignature) -> String? {
    let keys = options.trustedKeys.filter { $0.blob == signature.publicKey }
    if let key = keys.first(where: { $0.counts(at: options.now) }) { return key.name }
    let shown = SSHPublicKey.fingerprint(signature.publicKey)
    let message =
      keys.isEmpty
      ? "the pack is signed with \(shown), which is not a trusted key"
      : "the key \(shown) may not sign packs now"
    if options.requireSignatures {
      bag.error(.unknownSigner, path: path(PackFiles.signature), message)
    } else {
      bag.warning(.unknownSigner, path: path(PackFiles.signature), message)
    }
    return nil
  }

  private func path(_ name: String) -> String { files.directory + "/" + name }
}
