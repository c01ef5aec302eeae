import Testing

@testable import SluiceMatch

/// Numbers that authorities or standards print as samples, or that are made from their sums; none
/// belongs to a person.
@Suite struct JudgeNationalNumberTests {
  private func accepts(_ name: String, _ text: String, _ argument: Double = 0) throws -> Bool {
    let validator = try #require(ValidatorRegistry.named(name))
    return Array(text.utf8).withUnsafeBytes { validator.accepts($0, argument) }
  }

  static let samples: [(Int, String)] = [
    (32, "20-05536168-2"), (36, "123 456 782"), (40, "1237 010180"), (56, "85.07.30-033.28"),
    (70, "0101006500006"), (76, "390.533.447-05"), (76, "11.222.333/0001-81"), (100, "7523169263"),
    (124, "123-456-782"), (152, "12.345.678-5"), (156, "11010519491231002X"), (158, "A123456789"),
    (191, "33392005961"), (203, "710319/2745"), (208, "211062-5629"), (233, "36805280109"),
    (246, "131052-308T"), (246, "131052A308T"), (250, "2 95 10 99 126 111 93"),
    (276, "36 574 261 809"), (300, "01013099997"), (344, "G123456(A)"), (348, "123 456 788"),
    (352, "450401-3150"), (356, "2341 2341 2346"), (372, "6433435F"), (376, "039337423"),
    (380, "RSSMRA85T10A562S"), (392, "6214 9832 0257"), (410, "971013-9019902"),
    (428, "161175-19997"), (440, "33309240064"), (484, "BOXW310820HNERXN09"), (528, "111222333"),
    (578, "151086 95088"), (616, "44051401359"), (620, "501964843"), (642, "1630615123457"),
    (643, "112-233-445 95"), (643, "500100732259"), (682, "1012345672"), (702, "S1234567D"),
    (703, "710319/2745"), (710, "7503305044089"), (724, "12345678Z"), (724, "X1234567L"),
    (752, "19880320-0016"), (752, "880320-0016"), (756, "756.9217.0769.85"),
    (764, "7100600445638"), (784, "784-1980-1234567-8"), (792, "17291716060"),
    (804, "1759013776"), (807, "0101006500006"),
  ]

  @Test("A sample number of each country holds", arguments: samples)
  func holds(country: Int, text: String) throws {
    #expect(try accepts("national-id", text, Double(country)))
  }

  @Test("One wrong digit is noticed", arguments: samples)
  func wrong(country: Int, text: String) throws {
    var bytes = Array(text.utf8)
    let place = try #require(bytes.lastIndex { (48...57).contains($0) })
    bytes[place] = bytes[place] == 57 ? 48 : bytes[place] + 1
    #expect(try !accepts("national-id", String(decoding: bytes, as: UTF8.self), Double(country)))
  }

  @Test("Every country with a sum has a sample here")
  func complete() {
    let tested = Set(Self.samples.map(\.0)).union([499, 688, 705])
    #expect(NationalNumber.countries.allSatisfy(tested.contains))
    #expect(NationalNumber.countries.count >= 45)
  }

  @Test("A country without a sum accepts nothing")
  func unknown() throws {
    #expect(try !accepts("national-id", "123456782", 10))
  }

  @Test(
    "The zones that ICAO prints as samples hold, and fail with one sign changed",
    arguments: [
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
      "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
      "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ])
  func zones(text: String) throws {
    #expect(try accepts("mrz", text))
    #expect(try !accepts("mrz", text.replacing("740812", with: "740813")))
    #expect(try !accepts("mrz", text.replacing("\n", with: "")))
  }
}
