import Formats
import Localization

/// The formats in which rows come in.
public enum InputFormat: String, Sendable, CaseIterable {
    /// RFC 4180, the first record names the columns.
    case csv
    /// Tab-separated, with `\t \n \r \\` for what would break a row; the first line names the columns.
    case tsv
    /// One JSON object a line.
    case jsonl
    /// One JSON array of objects.
    case json
    /// One reference a line.
    case id

    /// The format that a file's name ends in.
    public init?(fileName: String) {
        let known: [(String, InputFormat)] = [
            (".csv", .csv), (".tsv", .tsv), (".tab", .tsv), (".jsonl", .jsonl), (".ndjson", .jsonl), (".json", .json),
            (".txt", .id),
            (".ids", .id),
        ]
        let name = fileName.lowercased()
        guard let match = known.first(where: { name.hasSuffix($0.0) }) else { return nil }
        self = match.1
    }
}

/// One row of an input, as text. A missing cell is `nil`.
public struct InputRow: Sendable {
    /// From 1, the header not counted.
    public let number: Int
    /// The line of the input the row begins on, from 1.
    public let line: Int
    /// The names of the cells.
    public let names: [String]
    /// The cells.
    public let texts: [String?]
    /// The byte within the line at which each cell begins, from 1; empty where the format does not tell.
    let columns: [Int]
}

/// What is wrong with one row.
public struct RowProblem: Error, Sendable {
    /// The row, from 1, the header not counted; 0 is the header.
    public let row: Int
    /// The line of the input, from 1.
    public let line: Int
    /// The byte within the line, from 1, where it is known.
    public let column: Int?
    /// The name of the cell, where one is at fault.
    public let field: String?
    /// The cell, where one is at fault.
    public let value: String?
    /// What is wrong.
    public let reason: Text
}

extension RowProblem {
    /// A row that an operation refused.
    public init(row: Int, line: Int, field: String?, value: String?, error: CRMError) {
        self.init(row: row, line: line, column: nil, field: field, value: value, reason: error.reason)
    }
}

extension CRMError {
    /// Whether another row may still succeed where this one failed.
    public var concernsOneRow: Bool {
        switch code {
        case .usage, .invalid, .notFound, .ambiguous, .refused, .conflict: true
        case .rejected, .inputOutput, .busy, .configuration, .interrupted, .failed: false
        }
    }

    /// The message with every field that is wrong, in one line.
    var reason: Text {
        func words(_ language: Language) -> String {
            let parts = problems.map { "\($0.field): \($0.reason(in: language))" }
            return parts.isEmpty ? message(in: language) : parts.joined(separator: "; ")
        }
        return Text(en: words(.english), es: words(.spanish))
    }
}

/// Pulls rows out of foreign bytes, whatever their format.
public struct InputRows {
    private enum Reader {
        case delimited(CSVReader, names: [String])
        case objects(JSONLinesReader)
        case elements(JSONArrayReader)
        case lines(LinesReader, name: String)
    }

    private var reader: Reader
    /// Rows read, well or badly.
    public private(set) var count = 0
    /// Whether an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// - Parameters:
    ///   - dialect: of delimited text, where it is not the format's own.
    ///   - name: what the one cell of an ``InputFormat/id`` row is called.
    /// - Throws: ``RowProblem`` for a malformed header; ``CRMError`` `inputOutput` where nothing can be read.
    public init(_ source: ByteSource, format: InputFormat, dialect: CSVDialect? = nil, name: String) throws {
        switch format {
        case .csv, .tsv:
            let csv = CSVReader(source, dialect: dialect ?? (format == .tsv ? .tsv : .csv()))
            do {
                reader = .delimited(csv, names: try csv.readHeader() ?? [])
            } catch {
                throw error.asInputError
            }
        case .jsonl: reader = .objects(JSONLinesReader(source))
        case .json: reader = .elements(JSONArrayReader(source))
        case .id: reader = .lines(LinesReader(source), name: name)
        }
    }

    /// The names every row has, where the format declares them before the rows.
    public var header: [String]? {
        switch reader {
        case .delimited(_, let names): names
        case .lines(_, let name): [name]
        case .objects, .elements: nil
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
        switch reader {
        case .delimited(let csv, let names):
            defer { stoppedEarly = csv.stoppedEarly }
            do throws(CSVError) {
                return try csv.next().map { InputRow($0, names: names) }
            } catch {
                throw error.asInputError
            }
        case .objects(var objects):
            let value: JSONValue?
            do throws(JSONError) {
                value = try objects.next()
            } catch {
                stoppedEarly = objects.stoppedEarly
                let row = objects.recordNumber
                reader = .objects(objects)
                throw error.asInputError(row: row)
            }
            reader = .objects(objects)
            return try value.map { value in
                try InputRow(value, number: objects.recordNumber, line: objects.line)
            }
        case .elements(var elements):
            let value: JSONValue?
            do throws(JSONError) {
                value = try elements.next()
            } catch {
                stoppedEarly = elements.stoppedEarly
                let row = elements.recordNumber
                reader = .elements(elements)
                throw error.asInputError(row: row)
            }
            reader = .elements(elements)
            return try value.map { value in
                try InputRow(value, number: elements.recordNumber, line: elements.line)
            }
        case .lines(var lines, let name):
            let line: LinesReader.Line?
            do throws(LineError) {
                line = try lines.next()
            } catch {
                stoppedEarly = lines.stoppedEarly
                reader = .lines(lines, name: name)
                throw error.asInputError(row: count)
            }
            reader = .lines(lines, name: name)
            return line.map { line in
                InputRow(number: count, line: line.number, names: [name], texts: [line.string], columns: [1])
            }
        }
    }
}

extension InputRow {
    fileprivate init(_ record: CSVRecord, names: [String]) {
        var texts: [String?] = []
        var columns: [Int] = []
        texts.reserveCapacity(record.count)
        columns.reserveCapacity(record.count)
        for index in 0..<record.count {
            texts.append(record.string(at: index))
            columns.append(record.column(of: index))
        }
        self.init(number: record.recordNumber, line: record.line, names: names, texts: texts, columns: columns)
    }

    /// Values are read as `show` prints them.
    fileprivate init(_ value: JSONValue, number: Int, line: Int) throws(RowProblem) {
        guard case .object(let members) = value else {
            throw RowProblem(
                row: number,
                line: line,
                column: nil,
                field: nil,
                value: nil,
                reason: Text(en: "each line must be a JSON object", es: "cada línea debe ser un objeto JSON")
            )
        }
        var names: [String] = []
        var texts: [String?] = []
        for member in members {
            names.append(member.name)
            do {
                texts.append(try member.value.cellText())
            } catch {
                throw RowProblem(
                    row: number,
                    line: line,
                    column: nil,
                    field: member.name,
                    value: nil,
                    reason: error.reason
                )
            }
        }
        self.init(number: number, line: line, names: names, texts: texts, columns: [])
    }
}

extension CSVError {
    /// The row at fault, or the failure to read any.
    fileprivate var asInputError: any Error {
        if case .unreadable(let error) = self { CRMError(error) } else { RowProblem(self) }
    }
}

extension JSONError {
    /// The row at fault, or the failure to read any.
    fileprivate func asInputError(row: Int) -> any Error {
        if case .unreadable(let error) = self { CRMError(error) } else { RowProblem(self, row: row) }
    }
}

extension LineError {
    /// The row at fault, or the failure to read any.
    fileprivate func asInputError(row: Int) -> any Error {
        if case .unreadable(let error) = self { CRMError(error) } else { RowProblem(self, row: row) }
    }
}

extension CRMError {
    fileprivate init(_ error: ReadError) {
        self.init(.inputOutput, Text(en: "the input: \(error)", es: "la entrada: \(error)"))
    }
}

extension RowProblem {
    init(_ error: CSVError) {
        let position = error.position
        self.init(
            row: position?.record ?? 0,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: Self.reason(error)
        )
    }

    init(_ error: JSONError, row: Int) {
        let position = error.position
        self.init(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: Self.reason(error)
        )
    }

    init(_ error: LineError, row: Int) {
        let position = error.position
        let reason: Text =
            switch error {
            case .unreadable(let error): Text("\(error)")
            case .tooLong(let limit, _):
                Text(en: "the line is longer than \(limit) bytes", es: "la línea pasa de \(limit) bytes")
            case .nulByte: Self.nul
            case .invalidUTF8: Self.notUTF8
            }
        self.init(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: reason
        )
    }

    private static let nul = Text(en: "there is a NUL byte", es: "hay un byte NUL")
    private static let notUTF8 = Text(en: "this is not UTF-8", es: "esto no es UTF-8")

    private static func reason(_ error: CSVError) -> Text {
        switch error {
        case .unreadable(let error): Text("\(error)")
        case .recordTooLong(let limit, _):
            Text(en: "the record is longer than \(limit) bytes", es: "el registro pasa de \(limit) bytes")
        case .unterminatedQuote:
            Text(en: "this quote is never closed", es: "estas comillas no se cierran")
        case .bareQuote:
            Text(
                en: "a quote stands inside a field that is not quoted; double it and quote the field",
                es: "hay unas comillas dentro de un campo sin comillas; duplicarlas y entrecomillar el campo"
            )
        case .textAfterQuote:
            Text(en: "there is text after the closing quote", es: "hay texto después de las comillas de cierre")
        case .bareCarriageReturn:
            Text(
                en: "a carriage return stands alone; end lines with LF or CR LF",
                es: "hay un retorno de carro solo; terminar las líneas con LF o CR LF"
            )
        case .nulByte: nul
        case .invalidUTF8: notUTF8
        case .unknownEscape:
            Text(
                en: "a backslash begins none of \\t \\n \\r \\\\",
                es: "una barra invertida no inicia ninguno de \\t \\n \\r \\\\"
            )
        case .raggedRow(let expected, let found, _):
            Text(
                en: "the row has \(found) fields where the header has \(expected)",
                es: "la fila tiene \(found) campos y el encabezado \(expected)"
            )
        }
    }

    private static func reason(_ error: JSONError) -> Text {
        switch error {
        case .unreadable(let error): Text("\(error)")
        case .tooLong(let limit, _):
            Text(en: "the value is longer than \(limit) bytes", es: "el valor pasa de \(limit) bytes")
        case .notAnArray: Text(en: "an array is expected", es: "se espera un arreglo")
        case .duplicateKey(let key, _):
            Text(en: "\"\(key)\" stands twice in one object", es: "«\(key)» está dos veces en un objeto")
        case .invalidUTF8: notUTF8
        case .unexpectedEnd: Text(en: "the JSON ends too early", es: "el JSON termina antes de tiempo")
        case .trailingData:
            Text(en: "there is text after the JSON value", es: "hay texto después del valor JSON")
        case .unexpectedByte, .invalidLiteral, .invalidNumber, .tooDeep, .loneSurrogate, .controlCharacter,
            .invalidEscape:
            Text(en: "this is not valid JSON: \(error)", es: "esto no es JSON válido: \(error)")
        }
    }
}
