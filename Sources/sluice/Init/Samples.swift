/// Files to try Sluice with: harmless, fraud, leaked keys, bait, other encodings, a broken one.
/// Addresses are of reserved domains, keys are invented.
enum Samples {
  struct Sample {
    var name: String
    var bytes: [UInt8]
  }

  static let all: [Sample] = [
    text(
      "notes.txt", "Minutes of the garden club\n\nThe hedge is cut on Saturday. Bring gloves.\n"),
    text(
      "offer.eml",
      """
      Subject: Your unclaimed funds
      From: claims@example.com

      Your inheritance is ready for transfer. Pay the release fee of 450 dollars today, then contact our agent urgently at claims@example.net with your full name and bank details.

      """),
    text(
      "deploy.env",
      """
      # staging
      AWS_ACCESS_KEY_ID=AKIAQ3EGRTZY7LMNPXWV
      AWS_SECRET_ACCESS_KEY=k7Qp2XvN9sLrT4wYbZ1mHcJ8dGfE6uRaV3oKiW5x
      REGION=eu-central-1

      """),
    text(
      "wallet-support.txt",
      """
      Wallet support

      We noticed a problem with your account. Enter your 12 word seed phrase in the form below to restore access to your wallet.

      """),
    Sample(
      name: "letter-utf16.txt",
      bytes: utf16(
        "Dear customer,\r\n\r\nyour mailbox is almost full and you will not receive new mail. "
          + "Click here to increase your quota.\r\n")),
    text(
      "invoice-change.eml",
      """
      Subject: Invoice 2291
      From: accounts@example.org

      We have updated our bank details. All outstanding invoices should be paid to the new account, effective immediately.

      """),
    text(
      "request.log",
      "GET /api HTTP/1.1\nAuthorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
        + "eyJzdWIiOiJ1c2VyIiwiaWF0IjoxNTE2MjM5MDIyfQ.k7Qp2XvN9sLrT4wYbZ1mHcJ8dGfE6uRaV3oKiW5xQq8\n"
    ),
    text(
      "advice.txt",
      "Never share your seed phrase with anyone, and never pay a fee for a prize.\n"),
    text(
      "newsletter.html",
      "<!DOCTYPE html>\n<html><body><h1>Library news</h1><p>New books are on the shelf.</p></body></html>\n"
    ),
    Sample(
      name: "minutes-latin1.txt",
      bytes: Array("Besprechung in der K".utf8) + [0xFC] + Array("che um f".utf8) + [0xFC]
        + Array("nf Uhr.\n".utf8)),
    Sample(
      name: "pixel.png",
      bytes: [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0,
        0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41,
        0x54, 0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, 0x49,
        0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
      ]),
    Sample(
      name: "broken.zip",
      bytes: [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0, 0x21, 0x4E, 0x5B, 0x5A] + Array("report".utf8)),
  ]

  private static func text(_ name: String, _ content: String) -> Sample {
    Sample(name: name, bytes: Array(content.utf8))
  }

  /// Little endian, with a byte order mark.
  private static func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  }
}
