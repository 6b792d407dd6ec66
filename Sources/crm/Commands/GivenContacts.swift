import CRMKit
import Formats
import Localization

/// The contacts given on the command line, one by one or on standard input.
struct GivenContacts {
    /// The source of the contacts.
    enum Source {
        case options, input
    }

    var references: [String]
    /// The field inputs of contacts to be created before the record.
    var made: [[FieldInput]] = []
    /// The line of each contact from standard input.
    private(set) var lines: [Int] = []
    let source: Source

    init(references: [String], source: Source) {
        self.references = references
        self.source = source
    }

    /// - Throws: ``CRMError`` if standard input cannot be read or is not text, or if `-` is given together with other
    ///   contacts.
    init(_ values: [String], in session: Session) throws {
        guard values.contains("-") else {
            self.init(references: values, source: .options)
            return
        }
        guard values.count == 1 else {
            throw CRMError(
                .usage,
                Text(
                    en: "--contact - takes all contacts from standard input and cannot stand beside others",
                    es: "--contact - toma todos los contactos de la entrada estándar y no puede estar junto a otros"
                )
            )
        }
        self.init(references: [], source: .input)
        var reader = LinesReader(try session.open("-"))
        while let line = try reader.next() {
            references.append(line.string)
            lines.append(line.number)
        }
    }
}
