import Glibc
import SluiceCore

/// Writes what `Provenance` checks, in forms that `sha256sum -c` and `ssh-keygen -Y verify` check too.
package enum PackSigner {
  /// Writes `SHA256SUMS` and, with a key, `SHA256SUMS.sig` into a pack's directory. Without a key an
  /// old signature is removed, since it would not hold.
  /// - Parameter keyFile: an OpenSSH Ed25519 private key without a passphrase.
  package static func sign(
    _ directory: String, keyFile: String?
  ) throws(SigningError) -> SigningResult {
    let key: SigningKey? = if let keyFile { try SigningKey(path: keyFile) } else { nil }
    let files = PackFiles(directory, follow: true, limits: PackReader.Limits())
    if let problem = files.problems.first {
      throw SigningError(.badPack, "\(problem.path): \(problem.message)")
    }
    guard files.files[PackFiles.manifest] != nil else {
      throw SigningError(.badPack, "\(directory): no \(PackFiles.manifest) is there")
    }
    let listed = files.files.filter { $0.key != PackFiles.sums && $0.key != PackFiles.signature }
    let sums = Array(SumsFile.text(listed.map { ($0.key, $0.value.digest) }).utf8)
    let signature = try key?.sign(sums, namespace: SSHSignature.namespace)
    try write(sums, to: directory + "/" + PackFiles.sums)
    let path = directory + "/" + PackFiles.signature
    if let signature {
      try write(Array(signature.armored.utf8), to: path)
    } else if unlink(path) != 0, errno != ENOENT {
      throw failure("remove", path)
    }
    return SigningResult(
      files: listed.count, signer: signature.map { SSHPublicKey.fingerprint($0.publicKey) })
  }

  /// Writes beside and renames, so that a reader never sees half a file.
  private static func write(_ bytes: [UInt8], to path: String) throws(SigningError) {
    let slash = path.lastIndex(of: "/")!
    let draft = "\(path[...slash]).\(path[path.index(after: slash)...]).new"
    _ = unlink(draft)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(draft, flags, 0o644)
    guard descriptor >= 0 else { throw failure("write", draft) }
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(descriptor)
        throw failure("write", draft)
      }
      offset += count
    }
    let synced = fsync(descriptor) == 0
    guard close(descriptor) == 0, synced, rename(draft, path) == 0 else {
      throw failure("write", path)
    }
  }

  private static func failure(_ what: String, _ path: String) -> SigningError {
    SigningError(.unwritable, "cannot \(what) \(path): \(String(cString: strerror(errno)))")
  }
}
