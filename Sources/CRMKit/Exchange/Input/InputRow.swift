import Formats

/// One row of an input, as text. A missing cell is `nil`.
public struct InputRow: Sendable {
    /// The number of the row, from 1, not counting the header.
    public let number: Int
    /// The line of the input the row begins on, from 1.
    public let line: Int
    /// The names of the cells.
    public let names: [String]
    /// The cells.
    public private(set) var texts: [String?]
    /// The byte within the line at which each cell begins, from 1; empty when the format has no such positions.
    let columns: [Int]
    /// What the row has besides the cells, boxed: rows of tables, which have nothing, are copied by the million.
    var beside: Beside?
    /// The contents that few rows have, boxed for the same reason.
    private var seldom: Boxed?
    /// The number of rows in the files before this one.
    var before = 0
    /// Whether a cell may have a colon in it. Google's exports separate several values in a cell by three.
    private(set) var mayHoldColon = true

    /// The maximum length of a row of a table in bytes. Several copies of a row exist on its way into the database,
    /// which must all fit into the memory of an import.
    static let mostBytes = 4 * 1024 * 1024

    /// The row's own header: its cell names and line.
    var head: TableHead { TableHead(names: names, line: line) }

    /// The row's number over all files, from 1.
    var sequence: Int { before + number }

    /// - Parameters:
    ///   - lists: the positions of the cells that were given as lists.
    ///   - numbers: the positions of the cells that were given as numbers and could mean another as text.
    init(
        number: Int,
        line: Int,
        names: [String],
        texts: [String?],
        columns: [Int],
        lists: Set<Int> = [],
        numbers: Set<Int> = []
    ) {
        (self.number, self.line, self.names, self.texts, self.columns) = (number, line, names, texts, columns)
        if !lists.isEmpty { self.lists = lists }
        if !numbers.isEmpty { change { $0.numbers = numbers } }
    }

    /// The contents that few rows have.
    private struct Seldom: Sendable {
        var resolved: [Int] = []
        var mended: [Int] = []
        var lists: Set<Int> = []
        var numbers: Set<Int> = []
        var numbersOfRows: Set<String> = []
        var makings: [Int: RecordMaking] = [:]
        var named: [NamedID] = []
        var file: String?
        var remarks: [String] = []
        var faults: [RowProblem] = []
        var isRagged = false
    }

    private indirect enum Boxed: Sendable {
        case seldom(Seldom)

        var contents: Seldom {
            switch self {
            case .seldom(let contents): contents
            }
        }
    }

    private mutating func change(_ body: (inout Seldom) -> Void) {
        var contents = seldom?.contents ?? Seldom()
        body(&contents)
        seldom = .seldom(contents)
    }

    /// The positions of the cells whose escapes were resolved.
    var resolved: [Int] { seldom?.contents.resolved ?? [] }

    /// The positions of the cells that were decoded twice before and have been corrected.
    var mended: [Int] { seldom?.contents.mended ?? [] }

    /// The positions of the cells that were given as lists.
    var lists: Set<Int> {
        get { seldom?.contents.lists ?? [] }
        set { change { $0.lists = newValue } }
    }

    /// The positions of the cells that were given as numbers and could mean another as text.
    var numbers: Set<Int> { seldom?.contents.numbers ?? [] }

    /// The texts in cells of rows of a part that were given as numbers and could mean another as text.
    var numbersOfRows: Set<String> {
        get { seldom?.contents.numbersOfRows ?? [] }
        set { change { $0.numbersOfRows = newValue } }
    }

    /// Returns the text of a cell for a field of a type. What was given as a number is spelled so that it has no other
    /// meaning there; in a text field it keeps its digits.
    func text(at cell: Int, for type: FieldType) -> String? {
        guard type.isNumeric, numbers.contains(cell) else { return texts[cell] }
        return texts[cell].map(WrittenNumber.unmistakable)
    }

    /// Returns the text of a cell of rows of a part, as ``text(at:for:)`` does.
    func text(at index: Int, for cell: PartCell, in part: Part) -> String? {
        guard numbers.contains(index), case .field(let word, _) = cell.meaning,
            let field = part.field(called: word, given: texts[index] ?? "")
        else { return texts[index] }
        return text(at: index, for: field.type)
    }

    /// Further values for creating missing records that cells name, by the positions of the cells.
    var makings: [Int: RecordMaking] {
        get { seldom?.contents.makings ?? [:] }
        set { change { $0.makings = newValue } }
    }

    /// The headings and notes of other rows that belong to this one.
    var remarks: [String] {
        get { seldom?.contents.remarks ?? [] }
        set { change { $0.remarks = newValue } }
    }

    /// What is wrong with the row as a whole: with it, the other rows of its record are refused.
    var faults: [RowProblem] {
        get { seldom?.contents.faults ?? [] }
        set { if !newValue.isEmpty || seldom != nil { change { $0.faults = newValue } } }
    }

    /// Whether the row is refused as a whole.
    var isFaulty: Bool { seldom.map { !$0.contents.faults.isEmpty } ?? false }

    /// Whether the row has more or fewer cells than names, so that only its bytes show it as it is.
    var isRagged: Bool { seldom?.contents.isRagged ?? false }

    /// The names of records that JSON members refer to by id.
    var named: [NamedID] {
        get { seldom?.contents.named ?? [] }
        set { change { $0.named = newValue } }
    }

    /// The file that the row is from, when there are several.
    var file: String? {
        get { seldom?.contents.file }
        set { if newValue != nil || seldom != nil { change { $0.file = newValue } } }
    }

    /// The contents besides the cells.
    indirect enum Beside: Sendable {
        /// The contents of a card or an entry of a calendar, which its format reads.
        case contents(any RowContents)
        /// The faults of JSON members that cannot be cells, by their positions.
        case unreadable([Int: ValueError])
        /// The further values of cells that hold several, in order.
        case further([(cell: Int, text: String)])
    }

    /// Whether the row has no contents besides its cells, such as a card or an entry of a calendar.
    var hasOnlyCells: Bool { beside == nil }

    /// The contents besides the cells, in the form of the row's format.
    var contents: (any RowContents)? {
        get { if case .contents(let contents) = beside { contents } else { nil } }
        set { beside = newValue.map(Beside.contents) }
    }

    /// Whether the row is a card.
    var isCard: Bool { isOf(.vcard) }

    /// Whether the row is an entry of a calendar.
    var isEntry: Bool { isOf(.ics) }

    private func isOf(_ format: InputFormat) -> Bool {
        if case .contents(let contents) = beside { contents.format == format } else { false }
    }

    /// The values after the first one in cells with several values, in order.
    var further: [(cell: Int, text: String)] {
        if case .further(let values) = beside { values } else { [] }
    }

    /// Returns the row with the first of several values in a cell, and the others as further values.
    func taking(_ values: [String], at cell: Int) -> InputRow {
        var row = self
        row.texts[cell] = values.first
        row.beside = .further(further + values.dropFirst().map { (cell: cell, text: $0) })
        return row
    }

    /// Returns the fault of a cell whose value no cell can hold, such as a JSON object. It is reported when the cell is
    /// used.
    func fault(at cell: Int) -> ValueError? {
        if case .unreadable(let faults) = beside { faults[cell] } else { nil }
    }
}

/// What a row of a format other than a table is besides its cells. Each format declares its own.
protocol RowContents: Sendable {
    /// The format that the row was read from.
    var format: InputFormat { get }
}

/// The name of a record that a JSON member refers to by id, as `show` and `export` print it.
struct NamedID: Sendable {
    /// The position of the cell.
    let cell: Int
    /// The member of a row of a part; `nil` for the cell itself.
    let member: String?
    /// The module, if it is stated.
    let module: ModuleName?
    let id: Int64
    let name: String
}

extension InputRow {
    /// Returns the name of the record that a cell refers to by id; `nil` when it is not given.
    func name(at cell: Int) -> String? { named.first { $0.cell == cell && $0.member == nil }?.name }
}

/// Further values for creating a missing record that a cell names by key.
struct RecordMaking: Sendable {
    /// The name of the record to create.
    let name: String
    /// Whether the record is created even without the option to create missing records.
    var isSure = true
}

extension InputRow {
    /// A row of a table with more or fewer cells than names, as far as it could be read.
    init(number: Int, line: Int, names: [String], ragged cells: [String], fault: RowProblem) {
        self.init(
            number: number,
            line: line,
            names: names,
            texts: names.indices.map { $0 < cells.count ? cells[$0] : "" },
            columns: Array(repeating: 1, count: names.count)
        )
        seldom = .seldom(Seldom(faults: [fault], isRagged: true))
    }

    /// - Parameter isForeign: whether another program may have written the record, whose cells may contain escapes.
    init(_ record: CSVRecord, names: [String], isForeign: Bool) {
        var texts: [String?] = []
        var columns: [Int] = []
        texts.reserveCapacity(record.count)
        columns.reserveCapacity(record.count)
        var resolved: [Int] = []
        var mended: [Int] = []
        var mayHoldColon = !isForeign
        for index in 0..<record.count {
            columns.append(record.column(of: index))
            let bytes = record.bytes(at: index)
            if bytes.isEmpty {
                texts.append("")
                continue
            }
            var text = record.string(at: index)
            if isForeign {
                if bytes.first == UInt8(ascii: "=") { text = SpreadsheetNumber.unquoted(text) }
                var signs = CellSigns(bytes)
                if signs.isBeyondASCII, let plain = TextReadTwice.mended(text) {
                    text = plain
                    mended.append(index)
                    signs = text.withUTF8 { CellSigns(UnsafeRawBufferPointer($0)) }
                }
                if signs.mayHoldColon { mayHoldColon = true }
                if signs.maySpoil {
                    // These marks are beyond ASCII.
                    if signs.isBeyondASCII { text = text.withoutMarksAround }
                    if let plain = ForeignEscapes.resolved(text) {
                        text = plain
                        resolved.append(index)
                        mayHoldColon = true
                    }
                }
            }
            texts.append(text)
        }
        (number, line, self.names) = (record.recordNumber, record.line, names)
        (self.texts, self.columns, self.mayHoldColon) = (texts, columns, mayHoldColon)
        if !resolved.isEmpty || !mended.isEmpty {
            seldom = .seldom(Seldom(resolved: resolved, mended: mended))
        }
    }
}
