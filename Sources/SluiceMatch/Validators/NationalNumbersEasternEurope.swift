/// Bosnia, Bulgaria, Czechia, Croatia, Hungary, Montenegro, North Macedonia, Poland, Romania,
/// Russia, Serbia, Slovakia, Slovenia, Ukraine. The sums are those that the authority that gives
/// out the number has published.
enum NationalNumbersEasternEurope {
  static let checks: [Int: NationalNumber.Check] = [
    70: yugoslavia, 100: bulgaria, 191: croatia, 203: czechia, 348: hungary, 499: yugoslavia,
    616: poland, 642: romania, 643: russia, 688: yugoslavia, 703: czechia, 705: yugoslavia,
    804: ukraine, 807: yugoslavia,
  ]

  /// ЕГН: months are 20 or 40 higher outside the twentieth century.
  private static let bulgaria: NationalNumber.Check = { text in
    guard let d = text.digits(10), CheckSum.isDay(d[4] * 10 + d[5], of: (d[2] % 2) * 10 + d[3])
    else { return false }
    return CheckSum.weighted(d, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9]
  }

  /// Osobni identifikacijski broj.
  private static let croatia: NationalNumber.Check = { text in
    guard let d = text.digits(11) else { return false }
    return CheckSum.hybrid11(d)
  }

  /// Rodné číslo of ten digits: divisible by eleven; months of women are 50 higher, of full days 20.
  private static let czechia: NationalNumber.Check = { text in
    guard let d = text.digits(10) else { return false }
    let month = (d[2] * 10 + d[3]) % 50
    guard CheckSum.isDay(d[4] * 10 + d[5], of: month > 20 ? month - 20 : month) else {
      return false
    }
    let rest = CheckSum.number(d[..<9]) % 11
    return rest % 10 == d[9]
  }

  /// TAJ szám: weights three and seven in turn.
  private static let hungary: NationalNumber.Check = { text in
    guard let d = text.digits(9) else { return false }
    return CheckSum.weighted(d, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 == d[8]
  }

  /// PESEL: months of the twenty-first century are 20 higher.
  private static let poland: NationalNumber.Check = { text in
    guard let d = text.digits(11), CheckSum.isDay(d[4] * 10 + d[5], of: (d[2] % 2) * 10 + d[3])
    else { return false }
    return CheckSum.weighted(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0
  }

  /// Cod numeric personal.
  private static let romania: NationalNumber.Check = { text in
    guard let d = text.digits(13), d[0] != 0, CheckSum.isDay(d[5] * 10 + d[6], of: d[3] * 10 + d[4])
    else { return false }
    let check = CheckSum.weighted(d, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
    return (check == 10 ? 1 : check) == d[12]
  }

  /// СНИЛС (eleven digits) and the ИНН of persons (twelve).
  private static let russia: NationalNumber.Check = { text in
    if let d = text.digits(11) {
      let sum = CheckSum.weighted(d, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101
      return sum % 100 == CheckSum.number(d[9...])
    }
    guard let d = text.digits(12) else { return false }
    return CheckSum.weighted(d, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[10]
      && CheckSum.weighted(d, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == d[11]
  }

  /// РНОКПП.
  private static let ukraine: NationalNumber.Check = { text in
    guard let d = text.digits(10) else { return false }
    let sum = CheckSum.weighted(d, [-1, 5, 7, 9, 4, 6, 10, 5, 7])
    return ((sum % 11) + 11) % 11 % 10 == d[9]
  }

  /// Jedinstveni matični broj građana, of the states that were Yugoslavia.
  private static let yugoslavia: NationalNumber.Check = { text in
    guard let d = text.digits(13), CheckSum.isDay(d[0] * 10 + d[1], of: d[2] * 10 + d[3]) else {
      return false
    }
    let check = (11 - CheckSum.weighted(d, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
    return check != 10 && check == d[12]
  }
}
