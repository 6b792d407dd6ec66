import CRMKit
import Formats
import Glibc
import Localization

/// The rows that an import rejected, in the input's own format with the reason in a column `error`. Once corrected, the
/// file can be imported.
final class RejectedRows {
    private let path: String
    private let sink: ByteSink
    private let descriptor: Int32
    /// The draft of the file; `nil` if an existing file is continued, and for a pipe or device.
    private let draft: DraftFile?
    private let format: InputFormat
    private let dialect: CSVDialect
    private let header: [String]
    private let encoding: TextEncoding
    private var writer: CSVWriter
    private var parser = JSONParser()
    private var hasBegun: Bool
    private var isInPlace = false
    private var isFinished = false

    /// The properties that the file shares with the input.
    struct Spelling {
        let format: InputFormat
        let dialect: CSVDialect?
        /// The names of the input's columns, if they are known before its rows.
        let header: [String]
        let encoding: TextEncoding
        let hasByteOrderMark: Bool
    }

    /// Begins a new file beside its final place, or continues one after the number of bytes that an earlier run has
    /// written.
    ///
    /// - Throws: ``CRMError`` `inputOutput` for a file that cannot be written.
    init(path: String, as spelling: Spelling, keeping length: Int = 0) throws {
        self.path = path
        let isContinued = length > 0
        if isContinued || FileStatus.isPipeOrDevice(path) {
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.failure(path) }
            draft = nil
        } else {
            let draft = try CRMError.makingFile(path) { () throws(CRMError) in
                try DraftFile(for: FilePath.target(of: path))
            }
            self.draft = draft
            descriptor = draft.descriptor
        }
        if isContinued, ftruncate(descriptor, length) != 0 || lseek(descriptor, 0, SEEK_END) < 0 {
            throw Self.failure(path)
        }
        sink = ByteSink(
            descriptor: descriptor,
            encoding: spelling.encoding == .utf16 ? .utf16LittleEndian : spelling.encoding,
            byteOrderMark: length == 0 && spelling.hasByteOrderMark
        )
        format = spelling.format
        header = spelling.header
        encoding = spelling.encoding
        dialect = spelling.dialect ?? (format == .tsv ? .tsv : .csv())
        writer = CSVWriter(sink, dialect: dialect)
        hasBegun = length > 0
    }

    /// Names the file in the error of writing it.
    private func writing<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as WriteError {
            throw UnwrittenRejects(path: path, cause: error)
        }
    }

    private static func failure(_ path: String) -> CRMError {
        let failure = CRMError(.inputOutput, errno: errno, path: path)
        return CRMError.missingFolder(of: path) ?? failure
    }

    /// Writes a row with the reasons why it was rejected.
    ///
    /// - Parameter program: the name of the program in commands that a reason advises.
    func write(_ row: RejectedRow, problems: [RowProblem], language: Language, program: String) throws {
        let reasons = problems.map { problem in
            (problem.field.map { "\($0): " } ?? "") + problem.reason(in: language).calling(program: program)
        }
        let reason = encodable(reasons.joined(separator: "; "))
        try writing { try write(row, reason) }
    }

    private func write(_ row: RejectedRow, _ reason: String) throws {
        if let bytes = Self.whole[format] { return try write(row, reason, by: bytes) }
        switch row {
        case .header: return
        case .row(let row, let raw): try isJSON ? writeObject(raw, reason) : writeRecord(row, reason)
        case .raw(let raw): try isJSON ? writeObject(raw, reason) : writeRecord(raw, reason)
        }
    }

    /// The functions that add the reason to a row, for formats in which each row is a text of its own.
    private static let whole: [InputFormat: @Sendable ([UInt8], String) -> [UInt8]] = [
        .vcard: RejectedCard.bytes(_:reason:), .ics: RejectedCalendar.bytes(_:reason:),
    ]

    private func write(
        _ row: RejectedRow,
        _ reason: String,
        by bytes: ([UInt8], _ reason: String) -> [UInt8]
    ) throws {
        hasBegun = true
        switch row {
        case .header: return
        case .row(_, let raw), .raw(let raw): try sink.append(bytes(raw, reason))
        }
    }

    private var isJSON: Bool { format == .json || format == .jsonl }

    private static let errorColumn = "error"

    /// Returns a reason with characters that the input's encoding lacks replaced by `?`. A reason may quote stored
    /// data.
    private func encodable(_ reason: String) -> String {
        String(String.UnicodeScalarView(reason.unicodeScalars.map { encoding.has($0) ? $0 : "?" }))
    }

    private func writeRecord(_ row: InputRow, _ reason: String) throws {
        try beginTable()
        // A file of rejected rows that is imported again already has the column.
        for (name, text) in zip(row.names, row.texts) where name != Self.errorColumn {
            try writer.writeField(text ?? "")
        }
        try writer.writeField(reason)
        try writer.endRecord()
    }

    private func writeRecord(_ raw: [UInt8], _ reason: String) throws {
        try beginTable()
        try sink.append(raw)
        for _ in 0..<missingCells(raw) { try sink.append(dialect.delimiter.rawValue) }
        try sink.append(dialect.delimiter.rawValue)
        try writer.writeField(reason)
        try writer.endRecord()
    }

    /// Returns the number of cells missing at the end of a row, so that the reason is put below its own header.
    private func missingCells(_ raw: [UInt8]) -> Int {
        let reader = CSVReader(ByteSource(bytes: raw), dialect: dialect)
        do throws(CSVError) {
            let given = try reader.next()?.count ?? 0
            return max(0, header.count(where: { $0 != Self.errorColumn }) - given)
        } catch {
            return 0
        }
    }

    private func beginTable() throws {
        if hasBegun { return }
        hasBegun = true
        for name in header where name != Self.errorColumn { try writer.writeField(name) }
        try writer.writeField(Self.errorColumn)
        try writer.endRecord()
    }

    /// Writes a JSON row with its values unchanged. A row that is not an object is left for the user to correct.
    private func writeObject(_ raw: [UInt8], _ reason: String) throws {
        if format == .json { try sink.append(hasBegun ? ",\n" : "[\n") }
        hasBegun = true
        if case .object(let members)? = parsed(raw) {
            let kept = members.filter { $0.name != Self.errorColumn }
            var json = JSONWriter(sink)
            try json.value(.object(kept + [JSONMember(Self.errorColumn, .string(reason))]))
        } else {
            try sink.append(raw)
        }
        if format == .jsonl { try sink.append("\n") }
    }

    private func parsed(_ raw: [UInt8]) -> JSONValue? {
        raw.withUnsafeBytes { bytes in
            do { return try parser.parse(bytes) } catch { return nil }
        }
    }

    /// Makes sure that everything written so far survives a crash, under the final name of the file.
    ///
    /// - Returns: the length of the file in bytes; 0 if nothing has been written.
    func save() throws -> Int {
        guard hasBegun else { return 0 }
        try writing { try sink.flush() }
        try keep()
        return max(0, lseek(descriptor, 0, SEEK_CUR))
    }

    /// Completes the file, which can be imported even if no row was rejected, and moves it to its final place. This
    /// must happen before the accepted rows are saved.
    func finish() throws {
        if isFinished { return }
        isFinished = true
        try writing {
            if format == .json {
                try sink.append(hasBegun ? "\n]\n" : "[\n]\n")
            } else if format != .jsonl, Self.whole[format] == nil {
                try beginTable()
            }
            try sink.flush()
        }
        try keep()
    }

    /// Removes the file if none of the other rows was saved, since a user who corrects and imports it would miss those.
    /// A file begun by an earlier run is kept.
    func takeBack() throws {
        guard isInPlace, draft != nil else { return }
        guard unlink(FilePath.target(of: path)) == 0 || errno == ENOENT else { throw Self.failure(path) }
    }

    private func keep() throws {
        if let draft, !isInPlace {
            try draft.publish()
            isInPlace = true
            return
        }
        // A pipe or a device has nothing to save.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw Self.failure(path) }
    }

    deinit {
        // The draft closes its own descriptor.
        if draft == nil { close(descriptor) }
    }
}
