import SluiceCore

@testable import SluiceExtract

extension Disguises {
  /// What changes letters and leaves them readable to a person.
  static let letters: [Disguise] = [
    Disguise(name: "full-width") { map($0) { $0.isLetter ? $0.value + 0xFEE0 : $0.value } },
    Disguise(name: "mathematical") { text in
      map(text) {
        $0.isLower ? 0x1D41A + $0.value - 0x61 : $0.isUpper ? 0x1D400 + $0.value - 0x41 : $0.value
      }
    },
    Disguise(name: "circled") { text in
      map(text) {
        $0.isLower ? 0x24D0 + $0.value - 0x61 : $0.isUpper ? 0x24B6 + $0.value - 0x41 : $0.value
      }
    },
    Disguise(name: "small capitals") {
      replace($0, "aᴀbʙcᴄdᴅeᴇfꜰgɢhʜiɪjᴊkᴋlʟmᴍnɴoᴏpᴘrʀsꜱtᴛuᴜvᴠwᴡyʏzᴢ")
    },
    Disguise(name: "Cyrillic") { replace($0, "aаcсeеoоpрxхyуiіjјsѕAАBВEЕKКMМHНOОPРCСTТXХ") },
    Disguise(name: "Greek") { replace($0, "aαeεiιoοuυvνpρtτkκnηxχyγAΑBΒEΕHΗIΙKΚMΜNΝOΟPΡTΤXΧYΥZΖ") },
    Disguise(name: "zero width") { spread($0, by: "\u{200B}") },
    Disguise(name: "soft hyphens") { spread($0, by: "\u{AD}") },
    Disguise(name: "marks") { text in
      var scalars = String.UnicodeScalarView()
      for (index, scalar) in text.unicodeScalars.enumerated() {
        scalars.append(scalar)
        let marks: [Unicode.Scalar] = ["\u{331}", "\u{300}", "\u{323}", "\u{335}"]
        if scalar.isLetter, index % 2 == 0 { scalars.append(marks[index / 2 % 4]) }
      }
      return String(scalars)
    },
    Disguise(name: "backspaces") { text in
      String(text.flatMap { $0.isLetter && "aeiou".contains($0) ? "x\u{8}\($0)" : "\($0)" })
    },
    Disguise(name: "spaced") { text in
      text.split(separator: " ").map { $0.map(String.init).joined(separator: " ") }
        .joined(separator: "  ")
    },
    Disguise(name: "spaced without gaps") { text in
      text.filter { $0 != " " }.map(String.init).joined(separator: " ")
    },
    Disguise(name: "dotted") { spread($0, by: ".") },
    Disguise(name: "digits for letters") { replace($0, "a4e3i1o0s5t7A4E3I1O0S5T7") },
    Disguise(name: "drawn out") { text in
      words(text) { word in
        guard word.count > 3 else { return word }
        let middle = word[word.count / 2]
        return word[...(word.count / 2)] + [middle, middle, middle] + word[(word.count / 2 + 1)...]
      }
    },
    Disguise(name: "broken lines") { text in
      var turn = 0
      return words(text) { word in
        turn += 1
        guard turn % 2 == 0, word.count > 4 else { return word }
        return word.prefix(2) + ["\n"] + word.dropFirst(2)
      }
    },
    Disguise(name: "changed case") { text in
      String(text.enumerated().map { Character($0 % 2 == 0 ? $1.uppercased() : $1.lowercased()) })
    },
    Disguise(name: "reversed", kind: .reversed) { String($0.reversed()) },
    Disguise(name: "ROT13", kind: .rot13) { text in
      map(text) {
        let first: UInt32 = $0.isLower ? 0x61 : 0x41
        return $0.isLetter ? first + ($0.value - first + 13) % 26 : $0.value
      }
    },
  ]

  private static func map(_ text: String, _ body: (Unicode.Scalar) -> UInt32) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { Unicode.Scalar(body($0)) ?? $0 }))
  }

  private static func replace(_ text: String, _ pairs: String) -> String {
    let scalars = Array(pairs.unicodeScalars)
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for index in stride(from: 0, to: scalars.count, by: 2) {
      table[scalars[index]] = scalars[index + 1]
    }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { table[$0] ?? $0 }))
  }

  private static func spread(_ text: String, by sign: String) -> String {
    text.split(separator: " ").map { $0.map(String.init).joined(separator: sign) }
      .joined(separator: " ")
  }

  private static func words(_ text: String, _ body: ([Character]) -> [Character]) -> String {
    text.split(separator: " ").map { String(body(Array($0))) }.joined(separator: " ")
  }
}

extension Unicode.Scalar {
  fileprivate var isLower: Bool { (0x61...0x7A).contains(value) }
  fileprivate var isUpper: Bool { (0x41...0x5A).contains(value) }
  fileprivate var isLetter: Bool { isLower || isUpper }
}
