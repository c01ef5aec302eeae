/// Which ASCII letters a character looks like, after the confusables of Unicode TR39 and a few more
/// that people use all the same.
struct LookAlikes: Sendable {
  static let shared = LookAlikes()

  private let latin: [UInt32: [UInt8]]
  private let cyrillic: [UInt32: UInt32]
  private let greek: [UInt32: UInt32]

  private init() {
    var latin: [UInt32: [UInt8]] = [:]
    TableReader.entries(of: FoldTables.lookAlikes) { entry in
      latin[entry[0]] = entry[2...].map { UInt8(truncatingIfNeeded: $0) }
    }
    self.latin = latin
    cyrillic = Self.pairs("aаcсeеoоpрxхyуiіjјsѕkкBВAАCСEЕHНIІKКMМOОPРTТXХYУSЅJЈ")
    greek = Self.pairs("aαiιoοvνpρkκxχuυAΑBΒEΕHΗIΙKΚMΜNΝOΟPΡTΤXΧYΥZΖ")
  }

  /// The letters that `scalar` looks like.
  func latin(_ scalar: UInt32) -> [UInt8]? { latin[scalar] }

  /// The letter of `script` that a Latin letter looks like.
  func foreign(_ scalar: UInt32, of script: ScalarProperties.Script) -> UInt32? {
    switch script {
    case .cyrillic: cyrillic[scalar]
    case .greek: greek[scalar]
    default: nil
    }
  }

  private static func pairs(_ text: String) -> [UInt32: UInt32] {
    let scalars = text.unicodeScalars.map(\.value)
    var pairs: [UInt32: UInt32] = [:]
    for index in stride(from: 0, to: scalars.count, by: 2) {
      pairs[scalars[index]] = scalars[index + 1]
    }
    return pairs
  }
}
