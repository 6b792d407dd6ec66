import CRMKit
import Formats
import Localization

/// A file that assigns contacts to the users of a chat: CSV with the columns `username` and `contact`.
struct ChatUserList {
    private let path: String

    init(_ path: String) { self.path = path }

    /// Reads the file.
    ///
    /// - Returns: the ids of contacts by usernames.
    /// - Throws: ``CRMError`` `invalid` for a file without these columns; the errors of ``Store/id(of:in:)`` for an
    ///   unknown contact.
    func read(_ store: Store, _ session: Session) throws -> [String: Int64] {
        let reader = CSVReader(try session.open(path), isLenient: true)
        do {
            return try contacts(reader, store)
        } catch let error as CSVError {
            throw CRMError(.invalid, Text("\(path): \(error.description)"))
        }
    }

    private func contacts(_ reader: CSVReader, _ store: Store) throws -> [String: Int64] {
        guard let header = try reader.readHeader(), let username = header.firstIndex(of: "username"),
            let contact = header.firstIndex(of: "contact")
        else {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(path): the first line has to name the columns username and contact",
                    es: "\(path): la primera línea debe nombrar las columnas username y contact"
                )
            )
        }
        let module = store.registry[store.registry.center]
        var contacts: [String: Int64] = [:]
        while let row = try reader.next() {
            guard row.count > max(username, contact) else { continue }
            let (name, reference) = (row.string(at: username), row.string(at: contact))
            if name.isEmpty || reference.isEmpty { continue }
            contacts[name] = try store.id(of: reference, in: module)
        }
        return contacts
    }
}
