import Formats
import Localization

/// Pulls rows out of foreign bytes, whatever their format.
public struct InputRows {
    private enum Kind {
        case delimited(CSVReader)
        case json
        case lines
        case cards(CardRows)
    }

    private let kind: Kind
    private let source: ByteSource
    private var json: JSONRecords
    private var lines: LinesReader
    /// The names every row has, where the format declares them before the rows.
    public let header: [String]?
    /// Rows read, well or badly.
    public private(set) var count = 0
    /// Whether an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// Begins to read.
    ///
    /// - Parameters:
    ///   - dialect: of delimited text, where it is not the format's own.
    ///   - name: what the one cell of an ``InputFormat/id`` row is called.
    ///   - keepsRaw: whether ``raw`` is to be had.
    /// - Throws: ``RowProblem`` for a malformed header; ``CRMError`` `inputOutput` where nothing can be read.
    public init(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect? = nil,
        name: String,
        keepsRaw: Bool = false
    ) throws {
        self.source = source
        json = format == .json ? .elements(JSONArrayReader(source)) : .lines(JSONLinesReader(source))
        lines = LinesReader(source)
        switch format {
        case .csv, .tsv:
            let csv = CSVReader(
                source,
                dialect: dialect ?? (format == .tsv ? .tsv : .csv()),
                keepsRawRecords: keepsRaw
            )
            kind = .delimited(csv)
            do throws(CSVError) {
                header = try csv.readHeader()
            } catch {
                throw error.asInputError(row: 0, in: source.encoding)
            }
            if header == nil { throw RowProblem.emptyTable }
        case .json, .jsonl:
            kind = .json
            header = nil
        case .id:
            kind = .lines
            header = [name]
        case .vcard:
            throw CRMError(
                .usage,
                Text(en: "\(name) cannot be read from vCards", es: "no se puede leer \(name) de vCards")
            )
        }
    }

    /// Begins to read cards.
    ///
    /// - Parameters:
    ///   - module: whose records they tell of.
    ///   - options: of the import they are for, which say whether what a card does not hold is to go.
    /// - Returns: `nil` for a module whose records are told on no cards.
    public init?(cards files: [CardFile], of module: Module, options: ImportOptions, keepsRaw: Bool = false) {
        guard let cards = CardRows(files, of: module, options: options, keepsRaw: keepsRaw) else { return nil }
        let nothing = ByteSource(bytes: [], chunkSize: 1)
        source = nothing
        json = .lines(JSONLinesReader(nothing))
        lines = LinesReader(nothing)
        kind = .cards(cards)
        header = nil
    }

    /// The bytes of the row that was last given or refused, in UTF-8; empty for a list of references.
    public var raw: [UInt8] {
        switch kind {
        case .delimited(let csv): csv.rawRecord
        case .json: json.raw
        case .lines: []
        case .cards(let cards): cards.raw
        }
    }

    /// The next row; `nil` after the last.
    ///
    /// - Throws: ``RowProblem`` for a malformed row; the next call goes on with the row after it unless
    ///   ``stoppedEarly`` says otherwise. ``CRMError`` `inputOutput` where the input can no longer be read.
    public mutating func next() throws -> InputRow? {
        count += 1
        guard let row = try read() else {
            count -= 1
            return nil
        }
        return row
    }

    private mutating func read() throws -> InputRow? {
        switch kind {
        case .delimited(let csv): return try read(csv)
        case .json: return try readObject()
        case .lines: return try readLine()
        case .cards(let cards):
            defer { stoppedEarly = cards.stoppedEarly }
            return try cards.next()
        }
    }

    private mutating func read(_ csv: CSVReader) throws -> InputRow? {
        defer { stoppedEarly = csv.stoppedEarly }
        do throws(CSVError) {
            return try csv.next().map { InputRow($0, names: header ?? []) }
        } catch {
            throw error.asInputError(row: count, in: source.encoding)
        }
    }

    private mutating func readObject() throws -> InputRow? {
        let value: JSONValue?
        do throws(JSONError) {
            value = try json.next()
        } catch {
            stoppedEarly = json.stoppedEarly
            throw error.asInputError(row: json.recordNumber, in: source.encoding)
        }
        guard let value else { return nil }
        return try InputRow(value, number: json.recordNumber, line: json.line)
    }

    private mutating func readLine() throws -> InputRow? {
        do throws(LineError) {
            guard let line = try lines.next() else { return nil }
            return InputRow(number: count, line: line.number, names: header ?? [], texts: [line.string], columns: [1])
        } catch {
            stoppedEarly = lines.stoppedEarly
            throw error.asInputError(row: count, in: source.encoding)
        }
    }
}

extension CSVError {
    /// The row at fault, or the failure to read any.
    fileprivate func asInputError(row: Int, in encoding: TextEncoding) -> any Error {
        if case .unreadable(let error) = self { error.asInputError(row: row) } else { RowProblem(self, in: encoding) }
    }
}

extension JSONError {
    /// The row at fault, or the failure to read any.
    func asInputError(row: Int, in encoding: TextEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }
}

extension LineError {
    /// The row at fault, or the failure to read any.
    func asInputError(row: Int, in encoding: TextEncoding) -> any Error {
        if case .unreadable(let error) = self { return error.asInputError(row: row) }
        return RowProblem(self, row: row, in: encoding)
    }
}

extension ReadError {
    /// The row at which bytes contradict what was told of them, or the failure to read any.
    func asInputError(row: Int) -> any Error {
        if case .contradicted(let contradiction) = self { return RowProblem(contradiction, row: row) }
        return CRMError(unreadable: self)
    }
}

extension CRMError {
    /// Input could not be read, or the user interrupted the reading.
    ///
    /// - Parameter source: what was read, for the message.
    public init(unreadable error: ReadError, source: Text = Text(en: "the input", es: "la entrada")) {
        switch error {
        case .contradicted(let contradiction):
            let problem = RowProblem(contradiction, row: 0)
            self.init(
                .inputOutput,
                Text(en: "\(source.en): \(problem.reason.en)", es: "\(source.es): \(problem.reason.es)")
            )
        case .cancelled: self = .interruptedUnsaved
        case .failed(let number):
            let reason = Text(errno: number)
            self.init(
                .inputOutput,
                Text(
                    en: "\(source.en): cannot read: \(reason.en)",
                    es: "\(source.es): no se puede leer: \(reason.es)"
                )
            )
        }
    }

    /// A write that the user interrupted, and that was taken back.
    public static var interruptedUnsaved: CRMError {
        CRMError(.interrupted, Text(en: "interrupted; nothing was saved", es: "interrumpido; no se guardó nada"))
    }
}

/// JSON values one after the other, each on a line of its own or all in one array.
private enum JSONRecords {
    case lines(JSONLinesReader)
    case elements(JSONArrayReader)

    mutating func next() throws(JSONError) -> JSONValue? {
        switch self {
        case .lines(var reader):
            defer { self = .lines(reader) }
            return try reader.next()
        case .elements(var reader):
            defer { self = .elements(reader) }
            return try reader.next()
        }
    }

    var recordNumber: Int {
        switch self {
        case .lines(let reader): reader.recordNumber
        case .elements(let reader): reader.recordNumber
        }
    }

    var line: Int {
        switch self {
        case .lines(let reader): reader.line
        case .elements(let reader): reader.line
        }
    }

    var stoppedEarly: Bool {
        switch self {
        case .lines(let reader): reader.stoppedEarly
        case .elements(let reader): reader.stoppedEarly
        }
    }

    var raw: [UInt8] {
        switch self {
        case .lines(let reader): reader.rawLine
        case .elements(let reader): reader.rawElement
        }
    }
}
