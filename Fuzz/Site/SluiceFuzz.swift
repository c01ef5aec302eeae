// sluice-fuzz: hostile rules, settings, requests and logs, made by libFuzzer, whose runtime has `main`.
// Trusts: nothing of its input; its own scratch folder in /dev/shm.
// Never: part of what is installed. `scripts/fuzz` builds and runs it.

import Glibc

/// What is done with one input. A crash, a wait of many seconds or a `fatalError` is a finding.
protocol FuzzTarget: Sendable {
  init() throws
  /// Inputs to begin with that only the program itself can make.
  var seeds: [[UInt8]] { get }
  func run(_ input: [UInt8])
}

extension FuzzTarget {
  var seeds: [[UInt8]] { [] }
}

enum SluiceFuzz {
  static let kinds: [String: any FuzzTarget.Type] = [
    "packs": PackTarget.self, "conditions": ConditionTarget.self, "config": ConfigTarget.self,
    "control": ControlTarget.self, "log": LogTarget.self,
  ]

  /// The target that the environment names.
  static let target: any FuzzTarget = {
    let name = getenv("SLUICE_FUZZ").map { String(cString: $0) } ?? ""
    guard let kind = kinds[name] else {
      fatalError("SLUICE_FUZZ is none of \(kinds.keys.sorted().joined(separator: ", "))")
    }
    do { return try kind.init() } catch { fatalError("cannot begin: \(error)") }
  }()
}

/// Called before the first input. Asked for seeds, it makes them and ends.
@_cdecl("LLVMFuzzerInitialize")
public func fuzzerInitialize(_ count: OpaquePointer?, _ arguments: OpaquePointer?) -> Int32 {
  guard let folder = getenv("SLUICE_FUZZ_SEEDS").map({ String(cString: $0) }) else { return 0 }
  for (index, seed) in SluiceFuzz.target.seeds.enumerated() {
    Scratch.write(seed, to: "\(folder)/made-\(index)")
  }
  exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  SluiceFuzz.target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
