/// Austria, Belgium, Switzerland, Germany, Denmark, Estonia, Finland, Ireland, Iceland, Lithuania,
/// Latvia, the Netherlands, Norway, Sweden. The sums are those that the authority that gives out
/// the number has published.
enum NationalNumbersNorthernEurope {
  static let checks: [Int: NationalNumber.Check] = [
    40: austria, 56: belgium, 208: denmark, 233: baltic, 246: finland, 276: germany, 352: iceland,
    372: ireland, 428: latvia, 440: baltic, 528: netherlands, 578: norway, 752: sweden,
    756: switzerland,
  ]

  /// Sozialversicherungsnummer: the fourth digit checks the others.
  private static let austria: NationalNumber.Check = { text in
    guard let d = text.digits(10), d[0] != 0, CheckSum.isDay(d[4] * 10 + d[5], of: d[6] * 10 + d[7])
    else { return false }
    return CheckSum.weighted(d, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == d[3]
  }

  /// Rijksregisternummer: 97 less the rest of the first nine digits; a 2 in front from 2000 on.
  private static let belgium: NationalNumber.Check = { text in
    guard let d = text.digits(11), d[2] * 10 + d[3] <= 12, d[4] * 10 + d[5] <= 31 else {
      return false
    }
    let (number, check) = (CheckSum.number(d[..<9]), CheckSum.number(d[9...]))
    return 97 - number % 97 == check || 97 - (2_000_000_000 + number) % 97 == check
  }

  /// CPR-nummer; those given out since 2007 no longer keep the sum and are not found.
  private static let denmark: NationalNumber.Check = { text in
    guard let d = text.digits(10), CheckSum.isDay(d[0] * 10 + d[1], of: d[2] * 10 + d[3]) else {
      return false
    }
    return CheckSum.weighted(d, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// Isikukood and asmens kodas: a second row of weights where the first gives ten.
  private static let baltic: NationalNumber.Check = { text in
    guard let d = text.digits(11), (1...8).contains(d[0]),
      CheckSum.isDay(d[5] * 10 + d[6], of: d[3] * 10 + d[4])
    else { return false }
    var check = CheckSum.weighted(d, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
    if check == 10 { check = CheckSum.weighted(d, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 }
    return check % 10 == d[10]
  }

  /// Henkilötunnus: nine digits modulo 31 name the last sign. The century sign is a letter or was
  /// dropped as one of the signs between groups.
  private static let finland: NationalNumber.Check = { text in
    let alphabet = Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)
    let rest = text.signs.count == 11 ? 7 : 6
    guard text.signs.count == rest + 4, rest == 6 || text.letter(6) != nil,
      let date = text.digits(0..<6), let serial = text.digits(rest..<rest + 3),
      CheckSum.isDay(date[0] * 10 + date[1], of: date[2] * 10 + date[3])
    else { return false }
    return alphabet[CheckSum.number(date + serial) % 31] == text.signs[rest + 3]
  }

  /// Steuerliche Identifikationsnummer: one digit of the first ten stands in it twice or three
  /// times, and MOD 11,10.
  private static let germany: NationalNumber.Check = { text in
    guard let d = text.digits(11), d[0] != 0 else { return false }
    var counts = [Int](repeating: 0, count: 10)
    for digit in d[..<10] { counts[digit] += 1 }
    let repeated = counts.filter { $0 > 1 }
    guard repeated.count == 1, repeated[0] <= 3 else { return false }
    return CheckSum.hybrid11(d)
  }

  /// Kennitala: the ninth digit checks the first eight.
  private static let iceland: NationalNumber.Check = { text in
    guard let d = text.digits(10), d[9] == 0 || d[9] >= 8 else { return false }
    let check = (11 - CheckSum.weighted(d, [3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return check == d[8]
  }

  /// Personal Public Service number: the letter is the sum modulo 23; a second letter counts nine
  /// times.
  private static let ireland: NationalNumber.Check = { text in
    guard (8...9).contains(text.signs.count), let d = text.digits(0..<7), let check = text.letter(7)
    else { return false }
    var sum = CheckSum.weighted(d, [8, 7, 6, 5, 4, 3, 2])
    if text.signs.count == 9 {
      guard let second = text.letter(8) else { return false }
      sum += text.signs[8] == UInt8(ascii: "W") ? 0 : 9 * (second + 1)
    }
    return (sum + 22) % 23 == check
  }

  /// Personas kods of the kind that begins with a birthday.
  private static let latvia: NationalNumber.Check = { text in
    guard let d = text.digits(11), CheckSum.isDay(d[0] * 10 + d[1], of: d[2] * 10 + d[3]) else {
      return false
    }
    return (1101 - CheckSum.weighted(d, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 % 10 == d[10]
  }

  /// Burgerservicenummer: the "eleven test".
  private static let netherlands: NationalNumber.Check = { text in
    guard let d = text.digits(9) else { return false }
    return CheckSum.weighted(d, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
  }

  /// Fødselsnummer: two check digits.
  private static let norway: NationalNumber.Check = { text in
    guard let d = text.digits(11), CheckSum.isDay((d[0] % 4) * 10 + d[1], of: d[2] * 10 + d[3])
    else { return false }
    return CheckSum.weighted(d, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
      && CheckSum.weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// Personnummer, with two or four digits of the year; days of coordination numbers are 60 higher.
  private static let sweden: NationalNumber.Check = { text in
    guard let all = text.digits(12) ?? text.digits(10) else { return false }
    let d = Array(all.suffix(10))
    let day = d[4] * 10 + d[5]
    return CheckSum.isDay(day > 60 ? day - 60 : day, of: d[2] * 10 + d[3]) && CheckSum.luhn(d)
  }

  /// AHV-Nummer: 756 and the check digit of article numbers (EAN-13).
  private static let switzerland: NationalNumber.Check = { text in
    guard let d = text.digits(13), CheckSum.number(d[..<3]) == 756 else { return false }
    let sum = CheckSum.weighted(d, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3])
    return (10 - sum % 10) % 10 == d[12]
  }
}
