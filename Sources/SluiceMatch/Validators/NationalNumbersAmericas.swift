/// Argentina, Brazil, Canada, Chile, Mexico. The sums are those that the authority that gives out
/// the number has published.
enum NationalNumbersAmericas {
  static let checks: [Int: NationalNumber.Check] = [
    32: argentina, 76: brazil, 124: canada, 152: chile, 484: mexico,
  ]

  /// CUIT and CUIL.
  private static let argentina: NationalNumber.Check = { text in
    guard let d = text.digits(11), [20, 23, 24, 27, 30, 33, 34].contains(d[0] * 10 + d[1]) else {
      return false
    }
    let check = (11 - CheckSum.weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return check != 10 && check == d[10]
  }

  /// CPF (eleven digits) and CNPJ (fourteen): two check digits.
  private static let brazil: NationalNumber.Check = { text in
    func check(_ digits: ArraySlice<Int>, _ weights: [Int]) -> Int {
      let rest = CheckSum.weighted(digits, weights) % 11
      return rest < 2 ? 0 : 11 - rest
    }
    if let d = text.digits(11) {
      return check(d[..<9], [10, 9, 8, 7, 6, 5, 4, 3, 2]) == d[9]
        && check(d[..<10], [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) == d[10]
    }
    guard let d = text.digits(14) else { return false }
    return check(d[..<12], [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == d[12]
      && check(d[..<13], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) == d[13]
  }

  /// Social Insurance Number: Luhn; none begins with 0 or 8.
  private static let canada: NationalNumber.Check = { text in
    guard let d = text.digits(9), d[0] != 0, d[0] != 8 else { return false }
    return CheckSum.luhn(d)
  }

  /// RUT: modulo 11, ten is K.
  private static let chile: NationalNumber.Check = { text in
    guard (8...9).contains(text.signs.count),
      let d = text.digits(0..<text.signs.count - 1), Set(d).count > 1, let last = text.signs.last
    else { return false }
    let check = (11 - CheckSum.weighted(d.reversed(), [2, 3, 4, 5, 6, 7, 2, 3]) % 11) % 11
    return last == (check == 10 ? UInt8(ascii: "K") : UInt8(48 + check))
  }

  /// CURP: values in an alphabet with Ñ between N and O, weights from 18 down.
  private static let mexico: NationalNumber.Check = { text in
    guard text.signs.count == 18, let last = text.digits(17..<18)?.first,
      let date = text.digits(4..<10),
      CheckSum.isDay(date[4] * 10 + date[5], of: date[2] * 10 + date[3]),
      let sex = text.letter(10), [7, 12, 23].contains(sex)
    else { return false }
    let values = text.signs[..<17].enumerated().map { place, sign in
      guard let letter = text.letter(place) else { return Int(sign) - 48 }
      return 10 + letter + (letter > 13 ? 1 : 0)
    }
    let sum = CheckSum.weighted(values, Array((2...18).reversed()))
    return (10 - sum % 10) % 10 == last
  }
}
