import Formats

/// A contact that is linked with a record, as an attendee in calendars.
struct CalendarPerson: Sendable {
    let id: Int64
    let name: String
    /// The addresses in lower case; the first one is written.
    let addresses: [String]
    /// The choice for the response, an attribute of the link.
    let response: String?

    /// Returns the index in a list of the first person with each address.
    static func places(of people: [CalendarPerson]) -> [String: Int] {
        var places: [String: Int] = [:]
        for (index, person) in people.enumerated() {
            for address in person.addresses where places[address] == nil { places[address] = index }
        }
        return places
    }

    /// Returns the `ATTENDEE` property for the person; `nil` for a person without an address.
    func property(by words: CalendarMapping.Words) -> ContentProperty? {
        guard let address = addresses.first else { return nil }
        var parameters = [ContentParameter("CN", [name])]
        if let word = response.flatMap(words.word) { parameters.append(ContentParameter(words.property, [word])) }
        return ContentProperty("ATTENDEE", rawValue: "mailto:\(address)", parameters: parameters)
    }
}

extension ContentProperty {
    /// The e-mail address of an attendee, in lower case; `nil` for another kind of address.
    var address: String? {
        let text = rawValue.trimmed.lowercased()
        if let address = text.after(scheme: "mailto:") { return String(address).nonEmpty }
        if text.contains("@"), !text.contains(":") { return text }
        let email = parameter("EMAIL")?.trimmed.lowercased()
        return email.flatMap { $0.contains("@") ? $0 : nil }
    }
}
