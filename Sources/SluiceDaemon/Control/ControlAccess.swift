import Glibc
import SluiceCore

/// Decides what the process at the other end of the control socket may do.
struct ControlAccess: Sendable {
  /// The daemon's own user, which with root may change things.
  var owner: UInt32
  /// Groups whose members may read.
  var readers: Set<UInt32>

  /// - Parameter group: a group's name whose members may read too; empty for none.
  init(group: String) {
    owner = geteuid()
    readers = [getegid()]
    if let gid = Self.number(ofGroup: group) { readers.insert(gid) }
  }

  func caller(_ peer: UnixSocket.Peer) -> ControlCaller {
    let account = Self.account(peer.user)
    let isOwner = peer.user == 0 || peer.user == owner
    let isReader =
      isOwner || readers.contains(peer.group) || !readers.isDisjoint(with: account.groups)
    return ControlCaller(
      user: peer.user, pid: peer.pid, name: account.name, mayRead: isReader, mayWrite: isOwner)
  }

  static func number(ofGroup name: String) -> UInt32? {
    guard !name.isEmpty else { return nil }
    if let number = UInt32(name) { return number }
    var entry = group()
    var found: UnsafeMutablePointer<group>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 16) { buffer in
      getgrnam_r(name, &entry, buffer.baseAddress!, buffer.count, &found)
      return found?.pointee.gr_gid
    }
  }

  /// The user's name, and all groups they are in.
  private static func account(_ user: UInt32) -> (name: String, groups: Set<UInt32>) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 16) { buffer in
      getpwuid_r(user, &entry, buffer.baseAddress!, buffer.count, &found)
      guard let found else { return (String(user), []) }
      let name = String(cString: found.pointee.pw_name)
      var groups = [gid_t](repeating: 0, count: 256)
      var count = Int32(groups.count)
      guard getgrouplist(found.pointee.pw_name, found.pointee.pw_gid, &groups, &count) >= 0 else {
        return (name, [found.pointee.pw_gid])
      }
      return (name, Set(groups.prefix(Int(count))))
    }
  }
}
