/// Africa, Asia and Oceania: Australia, China, Hong Kong, India, Israel, Japan, Korea, Saudi Arabia,
/// Singapore, South Africa, Taiwan, Thailand, the United Arab Emirates. The sums are those that the
/// authority that gives out the number has published.
enum NationalNumbersAsia {
  static let checks: [Int: NationalNumber.Check] = [
    36: australia, 156: china, 158: taiwan, 344: hongKong, 356: india, 376: israel, 392: japan,
    410: korea, 682: saudiArabia, 702: singapore, 710: southAfrica, 764: thailand, 784: emirates,
  ]

  /// Tax File Number.
  private static let australia: NationalNumber.Check = { text in
    guard let d = text.digits(9) else { return false }
    return CheckSum.weighted(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0
  }

  /// Resident identity number: GB 11643, ISO 7064 MOD 11-2.
  private static let china: NationalNumber.Check = { text in
    guard text.signs.count == 18, let d = text.digits(0..<17), d[0] != 0,
      (18...20).contains(d[6] * 10 + d[7]),
      CheckSum.isDay(d[12] * 10 + d[13], of: d[10] * 10 + d[11])
    else { return false }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return Array("10X98765432".utf8)[CheckSum.weighted(d, weights) % 11] == text.signs[17]
  }

  /// The letter stands for a place of birth registration.
  private static let taiwan: NationalNumber.Check = { text in
    let places = Array("ABCDEFGHJKLMNPQRSTUVXYWZIO".utf8)
    guard text.signs.count == 10, let d = text.digits(1..<10), (1...2).contains(d[0]),
      let place = places.firstIndex(of: text.signs[0])
    else { return false }
    let first = [(place + 10) / 10, (place + 10) % 10]
    return CheckSum.weighted(first + d, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 == 0
  }

  /// One or two letters, six digits and a check sign, A for ten.
  private static let hongKong: NationalNumber.Check = { text in
    let letters = text.signs.prefix { $0 >= UInt8(ascii: "A") }.count
    guard (1...2).contains(letters), text.signs.count == letters + 7,
      let d = text.digits(letters..<letters + 6)
    else { return false }
    let front = (0..<letters).compactMap { text.letter($0) }.map { $0 + 10 }
    let sum = CheckSum.weighted((letters == 1 ? [36] : []) + front + d, [9, 8, 7, 6, 5, 4, 3, 2])
    let check = (11 - sum % 11) % 11
    return text.signs[letters + 6] == (check == 10 ? UInt8(ascii: "A") : UInt8(48 + check))
  }

  /// Aadhaar: Verhoeff; none begins with 0 or 1.
  private static let india: NationalNumber.Check = { text in
    guard let d = text.digits(12), d[0] > 1 else { return false }
    return CheckSum.verhoeff(d)
  }

  private static let israel: NationalNumber.Check = { text in
    guard let d = text.digits(9) else { return false }
    return CheckSum.luhn(d)
  }

  /// Individual number ("My Number"), Ordinance No. 85 of 2014.
  private static let japan: NationalNumber.Check = { text in
    guard let d = text.digits(12) else { return false }
    let rest = CheckSum.weighted(d, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
    return (rest < 2 ? 0 : 11 - rest) == d[11]
  }

  /// Resident registration number.
  private static let korea: NationalNumber.Check = { text in
    guard let d = text.digits(13), CheckSum.isDay(d[4] * 10 + d[5], of: d[2] * 10 + d[3]) else {
      return false
    }
    return (11 - CheckSum.weighted(d, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10 == d[12]
  }

  /// Citizens begin with 1, residents with 2.
  private static let saudiArabia: NationalNumber.Check = { text in
    guard let d = text.digits(10), (1...2).contains(d[0]) else { return false }
    return CheckSum.luhn(d)
  }

  /// NRIC and FIN: S, T, F, G, seven digits, a letter.
  private static let singapore: NationalNumber.Check = { text in
    guard text.signs.count == 9, let d = text.digits(1..<8) else { return false }
    let citizen = Array("JZIHGFEDCBA".utf8)
    let foreigner = Array("XWUTRQPNMLK".utf8)
    let sum = CheckSum.weighted(d, [2, 7, 6, 5, 4, 3, 2])
    switch text.signs[0] {
    case UInt8(ascii: "S"): return citizen[sum % 11] == text.signs[8]
    case UInt8(ascii: "T"): return citizen[(sum + 4) % 11] == text.signs[8]
    case UInt8(ascii: "F"): return foreigner[sum % 11] == text.signs[8]
    case UInt8(ascii: "G"): return foreigner[(sum + 4) % 11] == text.signs[8]
    default: return false
    }
  }

  private static let southAfrica: NationalNumber.Check = { text in
    guard let d = text.digits(13), CheckSum.isDay(d[4] * 10 + d[5], of: d[2] * 10 + d[3]),
      d[10] < 3
    else { return false }
    return CheckSum.luhn(d)
  }

  private static let thailand: NationalNumber.Check = { text in
    guard let d = text.digits(13), d[0] != 0 else { return false }
    let sum = CheckSum.weighted(d, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    return (11 - sum % 11) % 10 == d[12]
  }

  /// Emirates ID: 784, the year of birth, a serial, Luhn.
  private static let emirates: NationalNumber.Check = { text in
    guard let d = text.digits(15), CheckSum.number(d[..<3]) == 784 else { return false }
    return CheckSum.luhn(d)
  }
}
