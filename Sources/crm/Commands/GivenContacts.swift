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

    /// - Throws: ``CRMError`` if standard input cannot be read or is no list of references, or if `-` is given together
    ///   with other contacts.
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
        let source = try session.open("-")
        try ReferenceLines.check(source)
        var reader = ReferenceLines(source)
        while let (reference, line) = try Self.next(of: &reader) {
            references.append(reference)
            lines.append(line)
        }
    }

    private static func next(of reader: inout ReferenceLines) throws(CRMError) -> (text: String, line: Int)? {
        do throws(LineError) {
            return try reader.next()
        } catch {
            throw CRMError(unreadable: error, source: .standardInput)
        }
    }
}
