import CRMKit
import Formats
import Localization

/// Which contacts the users of a chat are, from a file: CSV with the columns `username` and `contact`.
struct ChatUserList {
    private let path: String
    /// The ids of contacts, by the usernames in the form of ``ChatMessage/Author/matchKey(of:)``.
    private(set) var contacts: [String: Int64] = [:]
    /// Each username as it is written, with its line.
    private var places: [String: (username: String, line: Int)] = [:]

    /// The names of the columns, in English and in Spanish.
    private static let columns = (username: ["username", "usuario"], contact: ["contact", "contacto"])
    private static let mostShown = 5

    /// Reads the file. Its fields are separated as those of its first line are.
    ///
    /// - Throws: ``CRMError`` `invalid` for a file without these columns, and for a user with two contacts; the errors
    ///   of ``Store/id(of:in:)`` for an unknown contact, with the line.
    init(_ path: String, _ store: Store, _ session: Session) throws {
        self.path = path
        let source = try session.open(path)
        do {
            let delimiter = try source.likelyDelimiter() ?? .comma
            try read(CSVReader(source, dialect: .csv(delimiter: delimiter), isLenient: true), store)
        } catch let error as CSVError {
            throw CRMError(.invalid, Text("\(path): \(error.description)"))
        } catch let error as ReadError {
            throw CRMError(unreadable: error, source: Text(path))
        }
    }

    private mutating func read(_ reader: CSVReader, _ store: Store) throws {
        let header = try reader.readHeader()?.map { Fold.fold($0) } ?? []
        guard let username = header.firstIndex(where: Self.columns.username.contains),
            let contact = header.firstIndex(where: Self.columns.contact.contains)
        else {
            throw CRMError(
                .invalid,
                Text(
                    en: "\(path): the first line has to name the columns username and contact",
                    es: "\(path): la primera línea debe nombrar las columnas usuario y contacto"
                )
            )
        }
        let module = store.registry[store.registry.center]
        while let row = try reader.next() {
            guard row.count > max(username, contact) else { continue }
            let (name, reference) = (row.string(at: username), row.string(at: contact))
            if name.isEmpty || reference.isEmpty { continue }
            let id: Int64
            do {
                id = try store.id(of: reference, in: module)
            } catch {
                var located = error
                located.message = at(row.line, error.message)
                throw located
            }
            try note(name, id, at: row.line)
        }
    }

    private mutating func note(_ username: String, _ contact: Int64, at line: Int) throws {
        let key = ChatMessage.Author.matchKey(of: username)
        if let known = contacts[key], let place = places[key], known != contact {
            throw CRMError(
                .invalid,
                at(
                    line,
                    Text(
                        en: "\(username) is contact \(contact) here, and \(known) in line \(place.line)",
                        es: "\(username) es aquí el contacto \(contact), y en la línea \(place.line) el \(known)"
                    )
                )
            )
        }
        contacts[key] = contact
        places[key] = (username, line)
    }

    private func at(_ line: Int, _ problem: Text) -> Text {
        Text(
            en: "\(path), line \(line): \(problem.en)",
            es: "\(path), línea \(line): \(problem.es)"
        )
    }

    /// Tells the user which usernames nobody has who wrote in the rooms that were read.
    func tellUnknown(besides usernames: Set<String>, _ session: Session) throws {
        let known = Set(usernames.map(ChatMessage.Author.matchKey(of:)))
        let unknown = places.filter { !known.contains($0.key) }.map(\.value).sorted { $0.line < $1.line }
        if unknown.isEmpty { return }
        let shown = unknown.prefix(Self.mostShown).map(\.username).joined(separator: ", ")
        let rest = unknown.count > Self.mostShown ? ", …" : ""
        try session.note(
            Text(
                en: "\(path): nobody in these rooms is called \(shown)\(rest)",
                es: "\(path): en estas salas nadie se llama \(shown)\(rest)"
            )
        )
    }
}
