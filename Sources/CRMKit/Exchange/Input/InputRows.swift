import Formats
import Localization

/// A reader of rows from input in any format.
public struct InputRows {
    private enum Source {
        case delimited(DelimitedRows)
        case json(JSONRows)
        case references(ReferenceRows)
        case foreign(any RowSource)
    }

    private let source: Source
    /// The bytes of a table, whose encoding may have been guessed wrongly.
    private let table: ByteSource?
    /// The header, when the format has one before the rows.
    public let head: TableHead?
    /// The names that every row has, if the format declares them before the rows.
    public var header: [String]? { head?.names }
    /// The number of rows read, including bad ones.
    public private(set) var count = 0

    /// Starts reading an input.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of delimited text, if it is not the default one of the format.
    ///   - name: the name of the single cell of an ``InputFormat/id`` row.
    ///   - keepsRaw: whether ``raw`` is needed.
    ///   - nests: whether an object in a JSON member becomes cells of its own: `organization.name`.
    ///   - knows: returns whether some of the names at a table's beginning are known.
    ///   - samples: returns whether the meaning of names, or the reading of what is below them, depends on the first
    ///     rows, so that a pipe is read until they have arrived.
    /// - Throws: ``RowProblem`` for a malformed header; ``CRMError`` `inputOutput` if the input cannot be read.
    public init(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect? = nil,
        name: String,
        keepsRaw: Bool = false,
        nests: Bool = false,
        knowing knows: ([String]) -> Bool = { _ in true },
        sampling samples: ([String]) -> Bool = { _ in true }
    ) throws {
        table = source
        try Self.check(source, is: format)
        switch format {
        case .csv, .tsv:
            let rows = try DelimitedRows(
                source,
                format: format,
                dialect: dialect,
                keepsRaw: keepsRaw,
                knowing: knows,
                sampling: samples
            )
            self.source = .delimited(rows)
            head = rows.head
        case .json, .jsonl:
            // What tools for JSON call JSON may also be objects one after another.
            let isArray = try format == .json && source.inputForm() != .jsonObject
            self.source = .json(JSONRows(source, isArray: isArray, nests: nests))
            head = nil
        case .id:
            self.source = .references(ReferenceRows(source, name: name))
            head = TableHead(names: [name])
        case .cfdi: throw Self.noInvoices
        case .ics: throw Self.noCalendars
        case .vcard: throw Self.noCards
        }
    }

    /// Starts reading the rows of a format that is no table.
    init(_ source: any RowSource) {
        self.source = .foreign(source)
        table = nil
        head = nil
    }

    /// The reader of the rows; `nil` for tables, JSON and references.
    var foreign: (any RowSource)? { if case .foreign(let rows) = source { rows } else { nil } }

    /// The dialect of delimited text, from its first line or the caller; `nil` for other formats.
    public var dialect: CSVDialect? {
        if case .delimited(let rows) = source { rows.dialect } else { nil }
    }

    /// Notices about the input so far for the user.
    public var notices: [Text] {
        let ofRows =
            switch source {
            case .delimited(let rows): rows.notices
            case .foreign(let rows): rows.notices
            case .json, .references: [Text]()
            }
        let ofEncoding = [
            table?.guessed.map(Self.guessed), table?.doubted.map(Self.doubted), table.flatMap(Self.mixed),
        ]
        return ofEncoding.compactMap(\.self) + ofRows
    }

    private static func mixed(_ source: ByteSource) -> Text? {
        guard let (first, count) = source.linesInUTF8 else { return nil }
        let (name, line, byte) = (source.encoding.name, first.line, first.column)
        if count == 1 {
            return Text(
                en: "line \(line) is UTF-8 from byte \(byte) on, not \(name), and is read so",
                es: "la línea \(line) es UTF-8 desde el byte \(byte), no \(name), y se lee así"
            )
        }
        return Text(
            en:
                "\(count) lines are UTF-8, not \(name), and are read so, the first of them line \(line) from byte \(byte) on",
            es: "\(count) líneas son UTF-8, no \(name), y se leen así, la primera es la \(line) desde el byte \(byte)"
        )
    }

    private static func doubted(_ encoding: TextEncoding) -> Text {
        Text(
            en: """
                the letters look as if the text were in \(encoding.name): if they come out wrong, 'undo' takes this back, and \
                --encoding \(encoding.name) reads it so
                """,
            es: """
                las letras parecen de un texto en \(encoding.name): si salen mal, «undo» deshace esto, y \
                --encoding \(encoding.name) lo lee así
                """
        )
    }

    private static func guessed(_ encoding: TextEncoding) -> Text {
        Text(
            en: """
                text that is not UTF-8 is taken for \(encoding.name): where letters come out wrong, say how it is encoded \
                with --encoding
                """,
            es: """
                el texto que no es UTF-8 se toma por \(encoding.name): si salen mal las letras, decir cómo está codificado \
                con --encoding
                """
        )
    }

    /// The bytes of the row that was last returned or refused, in UTF-8; empty for references and invoices.
    public var raw: [UInt8] {
        switch source {
        case .delimited(let rows): rows.raw
        case .json(let rows): rows.raw
        case .references: []
        case .foreign(let rows): rows.raw
        }
    }

    /// The row that ``next()`` has just refused, as far as it could be read; `nil` if it could not be.
    var refused: InputRow? { if case .delimited(let rows) = source { rows.refused } else { nil } }

    /// Whether an error left the rest of the input unread.
    public var stoppedEarly: Bool {
        switch source {
        case .delimited(let rows): rows.stoppedEarly
        case .json(let rows): rows.stoppedEarly
        case .references(let rows): rows.stoppedEarly
        case .foreign(let rows): rows.stoppedEarly
        }
    }

    /// Returns the next row; `nil` after the last one.
    ///
    /// - Throws: ``RowProblem`` for a malformed row; the next call continues with the row after it unless
    ///   ``stoppedEarly`` is true. ``CRMError`` `inputOutput` if the input can no longer be read.
    public mutating func next() throws -> InputRow? {
        count += 1
        guard let row = try read() else {
            count -= 1
            return nil
        }
        return row
    }

    private func read() throws -> InputRow? {
        switch source {
        case .delimited(let rows): try rows.next()
        case .json(let rows): try rows.next()
        case .references(let rows): try rows.next()
        case .foreign(let rows): try rows.next()
        }
    }
}

/// A reader of rows in a format that is neither a table nor JSON: cards, calendars, invoices. Each format declares its
/// own.
protocol RowSource: AnyObject {
    /// Notices about the input so far for the user.
    var notices: [Text] { get }
    /// The bytes of the row that was last returned or refused, in UTF-8; empty where rows have none of their own.
    var raw: [UInt8] { get }
    /// Whether an error left the rest of the input unread.
    var stoppedEarly: Bool { get }

    /// Returns the next row; `nil` after the last one.
    ///
    /// - Throws: as ``InputRows/next()`` does.
    func next() throws -> InputRow?
}
