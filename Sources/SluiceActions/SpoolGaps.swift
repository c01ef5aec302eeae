import SluiceCore
import SluiceSpool

extension Spool {
  func identity(of claim: Claim) throws(SpoolError) -> FileIdentity? { fatalError("unfinished") }
  func reopen(_ claim: Claim) throws(SpoolError) -> Int32? { fatalError("unfinished") }
  func move(
    _ name: [UInt8], from: Destination, into: Destination, at path: [UInt8]
  ) throws(SpoolError) { fatalError("unfinished") }
}
