/// Spain, France, Greece, Italy, Portugal, Turkey. The sums are those that the authority that gives
/// out the number has published.
enum NationalNumbersSouthernEurope {
  static let checks: [Int: NationalNumber.Check] = [
    250: france, 300: greece, 380: italy, 620: portugal, 724: spain, 792: turkey,
  ]

  /// Numéro d'inscription au répertoire: 97 less the rest of the first thirteen signs, in which
  /// Corsica's 2A and 2B count as 19 and 18.
  private static let france: NationalNumber.Check = { text in
    var signs = text.signs
    guard signs.count == 15 else { return false }
    if signs[5] == UInt8(ascii: "2"), let letter = text.letter(6), letter < 2 {
      signs[5] = UInt8(ascii: "1")
      signs[6] = letter == 0 ? UInt8(ascii: "9") : UInt8(ascii: "8")
    }
    guard signs.allSatisfy({ $0 <= UInt8(ascii: "9") }) else { return false }
    let d = signs.map { Int($0) - 48 }
    guard (1...4).contains(d[0]) || (7...8).contains(d[0]), Set(d).count > 2 else { return false }
    return 97 - CheckSum.number(d[..<13]) % 97 == CheckSum.number(d[13...])
  }

  /// AMKA: a birthday, a serial, Luhn.
  private static let greece: NationalNumber.Check = { text in
    guard let d = text.digits(11), CheckSum.isDay(d[0] * 10 + d[1], of: d[2] * 10 + d[3]) else {
      return false
    }
    return CheckSum.luhn(d)
  }

  /// Codice fiscale: signs at odd places have values of their own (Decreto Ministeriale of 12 March
  /// 1974).
  private static let italy: NationalNumber.Check = { text in
    let odd = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
    guard text.signs.count == 16, let check = text.letter(15),
      (0..<6).allSatisfy({ text.letter($0) != nil })
    else { return false }
    var sum = 0
    for (place, sign) in text.signs[..<15].enumerated() {
      let value = text.letter(place) ?? Int(sign) - 48
      sum += place % 2 == 0 ? odd[value] : value
    }
    return sum % 26 == check
  }

  /// Número de identificação fiscal: weights nine down to two, modulo 11.
  private static let portugal: NationalNumber.Check = { text in
    guard let d = text.digits(9), d[0] != 0 else { return false }
    let rest = CheckSum.weighted(d, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
    return (rest < 2 ? 0 : 11 - rest) == d[8]
  }

  /// DNI and NIE: the number modulo 23 names the letter; X, Y and Z in front stand for 0, 1, 2.
  private static let spain: NationalNumber.Check = { text in
    let alphabet = Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)
    guard text.signs.count == 9 else { return false }
    var number = 0
    if let first = text.letter(0) {
      guard (23...25).contains(first), let d = text.digits(1..<8) else { return false }
      number = (first - 23) * 10_000_000 + CheckSum.number(d)
    } else {
      guard let d = text.digits(0..<8), Set(d).count > 1 else { return false }
      number = CheckSum.number(d)
    }
    return alphabet[number % 23] == text.signs[8]
  }

  /// T.C. kimlik numarası: two check digits.
  private static let turkey: NationalNumber.Check = { text in
    guard let d = text.digits(11), d[0] != 0 else { return false }
    let odd = d[0] + d[2] + d[4] + d[6] + d[8]
    let even = d[1] + d[3] + d[5] + d[7]
    return (odd * 7 - even + 100) % 10 == d[9] && d[..<10].reduce(0, +) % 10 == d[10]
  }
}
