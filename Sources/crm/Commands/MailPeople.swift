import CRMKit
import Formats
import Localization

/// The people that a text names as the header fields of a message do: `Ana Ruiz <ana@example.org>, leo@example.org`.
enum MailPeople {
    /// Returns the sender that a text names.
    ///
    /// - Throws: ``CRMError`` `invalid` for text that is not an address.
    static func sender(_ text: String, option: String) throws(CRMError) -> OutgoingMessage.Person {
        let people = try Self.people(text, option: option)
        // With several senders, only one would write the message, without the others knowing.
        guard people.count == 1 else { throw noAddress(text, option: option) }
        return people[0]
    }

    /// Returns the addresses in a text in the form of header fields.
    ///
    /// - Parameter isForeign: whether the text is from a header written by others, which may contain words that are not
    ///   addresses.
    /// - Throws: ``CRMError`` `invalid` for text that is not an address.
    static func people(
        _ text: String,
        option: String,
        isForeign: Bool = false
    ) throws(CRMError) -> [OutgoingMessage.Person] {
        let (found, others) = MailAddress.written(text)
        if !found.isEmpty, !isForeign, let other = others.first {
            var error = noAddress(other, option: option)
            error.hint = Text(
                en: "a name with a comma stands in quotation marks: '\"Ruiz, Ana\" <ana@example.org>'",
                es: "un nombre con coma va entre comillas: '\"Ruiz, Ana\" <ana@example.org>'"
            )
            throw error
        }
        // A second line may be an attempt to add a header.
        if found.isEmpty || text.contains(where: \.isNewline) { throw noAddress(text, option: option) }
        var people: [OutgoingMessage.Person] = []
        for person in found {
            do throws(OutgoingMessage.Fault) {
                let address = EmailAddress.written(person.address)
                people.append(try OutgoingMessage.Person(name: person.name, address: address))
            } catch {
                throw noAddress(person.address, option: option)
            }
        }
        return people
    }

    /// Returns the error that refuses a text that is no address.
    static func noAddress(_ text: String, option: String) -> CRMError {
        CRMError(
            .invalid,
            Text(
                en: "\(option): \"\(text)\" is no address that mail is sent to",
                es: "\(option): «\(text)» no es una dirección a la que se envíe correo"
            ),
            module: .email
        )
    }
}
