import SluiceCore

/// What a person is told about an item of one harm, in one language; written by the site.
package struct Message: Sendable, Hashable {
  /// The pack's id; nil for every harm that has no message of its own.
  package var harm: String?
  /// As BCP 47 has it: `en`, `pt-BR`.
  package var language: String
  /// ISO 3166 alpha-2, since help-lines are a country's own; nil for everywhere.
  package var country: String?
  package var text: String
  /// Where help is to be had: a number, an address.
  package var help: String?

  package init(
    harm: String?, language: String, country: String?, text: String, help: String? = nil
  ) {
    self.harm = harm
    self.language = language
    self.country = country
    self.text = text
    self.help = help
  }
}

/// The site's messages and the readers they are for. None by default.
package struct Messages: Sendable, Hashable {
  package var all: [Message]
  /// In order of preference.
  package var languages: [String]
  package var country: String?

  package static let none = Messages(all: [], languages: [], country: nil)

  package init(all: [Message], languages: [String], country: String?) {
    self.all = all
    self.languages = languages
    self.country = country
  }

  /// The message for the gravest harm that has one: the most preferred language first, then one of
  /// the country before one for everywhere. A general message only where no harm has its own.
  /// - Parameter harms: the gravest first.
  package func best(for harms: [String]) -> Message? {
    let preferred = languages.isEmpty ? all.map(\.language) : languages
    for harm in harms.map(Optional.some) + [nil] {
      for language in preferred {
        let fitting = all.filter {
          $0.harm == harm && $0.language == language
            && ($0.country == nil || $0.country == country)
        }
        if let best = fitting.first(where: { $0.country != nil }) ?? fitting.first { return best }
      }
    }
    return nil
  }
}
