import CRMKit
import Formats

/// Rows as JSON objects (RFC 8259).
struct JSONOutput: RecordOutput {
    /// The arrangement of several objects.
    enum Layout {
        /// One object per line.
        case lines
        /// An array with one element per line.
        case array
        /// A single object within the caller's output.
        case embedded
    }

    /// The facts of a column that are needed for every row. They are separate from the column, since copying that for
    /// every cell would cost more than writing the cell.
    private struct Cell {
        let position: Int
        let form: Form
        /// Whether a missing value is an empty array instead of null.
        let isArray: Bool
        /// Whether an object begins at this cell, which contains it and the following cells.
        let opens: Bool
        /// Whether the open object ends after this cell.
        let closes: Bool
    }

    /// The ways of writing a cell.
    private enum Form {
        case text, integer, boolean, other
        case reference(name: Int?)

        init(_ kind: OutputColumn.Kind) {
            switch kind {
            case .text, .choice: self = .text
            case .integer: self = .integer
            case .boolean: self = .boolean
            case .reference(_, let name): self = .reference(name: name)
            case .scaled, .money, .duration, .list, .linked, .several, .rows, .anyReference: self = .other
            }
        }
    }

    private static let idKey = JSONKey("id")
    private static let nameKey = JSONKey("name")
    private static let moduleKey = JSONKey("module")

    private let columns: [OutputColumn]
    private let keys: [JSONKey]
    private let objects: [JSONKey?]
    private let cells: [Cell]
    private let layout: Layout
    private let sink: ByteSink
    private var writer: JSONWriter
    private var text = MachineText()
    private var isFirst = true

    init(_ columns: [OutputColumn], to sink: ByteSink, layout: Layout) {
        self.columns = columns
        keys = columns.map { JSONKey($0.key) }
        objects = columns.map { $0.object.map { JSONKey($0) } }
        cells = columns.indices.map { index in
            let object = columns[index].object
            let before = index > 0 ? columns[index - 1].object : nil
            let after = index + 1 < columns.count ? columns[index + 1].object : nil
            return Cell(
                position: columns[index].position,
                form: Form(columns[index].kind),
                isArray: columns[index].kind.isArray && !columns[index].isOverriding,
                opens: object != nil && object != before,
                closes: object != nil && object != after
            )
        }
        self.layout = layout
        self.sink = sink
        writer = JSONWriter(sink)
    }

    mutating func begin() throws {
        if layout == .array { try sink.append(UInt8(ascii: "[")) }
    }

    mutating func write(_ row: Rows) throws {
        try write(row, related: nil)
    }

    /// Writes a record and, under `related`, the number of related records of each module and the records merged into
    /// it.
    mutating func write(_ row: Rows, related: RelatedSummary?) throws {
        if layout == .array {
            try sink.append(isFirst ? "\n" : ",\n")
            isFirst = false
        }
        try writer.beginObject()
        for index in cells.indices {
            let cell = cells[index]
            if cell.opens, let key = objects[index] {
                try writer.key(key)
                try writer.beginObject()
            }
            try writer.key(keys[index])
            try write(cell, at: index, of: row)
            if cell.closes { try writer.endObject() }
        }
        if let related { try write(related) }
        try writer.endObject()
        if layout == .lines { try writer.endLine() } else { writer = JSONWriter(sink) }
    }

    private mutating func write(_ related: RelatedSummary) throws {
        try writer.key("related")
        try writer.beginObject()
        for group in related.groups {
            try writer.key(group.module.name.rawValue)
            try writer.number(group.count)
        }
        try writer.endObject()
        guard let former = related.mergedFrom else { return }
        try writer.key("merged_from")
        try writer.beginArray()
        for id in former { try writer.number(id) }
        try writer.endArray()
    }

    mutating func end() throws {
        if layout == .array { try sink.append(isFirst ? "]\n" : "\n]\n") }
    }

    private mutating func write(_ cell: Cell, at index: Int, of row: Rows) throws {
        if row.isNull(cell.position) {
            guard cell.isArray else { return try writer.null() }
            try writer.beginArray()
            return try writer.endArray()
        }
        switch cell.form {
        case .text: try writer.string(row.bytes(cell.position))
        case .integer: try writer.number(row.integer(cell.position))
        case .boolean: try writer.bool(row.integer(cell.position) != 0)
        case .reference(let name): try writeReference(id: cell.position, name: name, of: row)
        case .other: try write(columns[index], of: row)
        }
    }

    private mutating func write(_ column: OutputColumn, of row: Rows) throws {
        switch column.kind {
        case .scaled, .money: try text.with(column, of: row) { try writer.number(literal: $0) }
        case .list:
            try writer.beginArray()
            for element in column.type.elements(of: row.value(column.position)) { try writer.string(element) }
            try writer.endArray()
        case .several:
            try writer.beginArray()
            for element in row.elements(of: column) {
                try writer.value(
                    column.type.json(of: element.value, currency: element.currency, name: element.name)
                )
            }
            try writer.endArray()
        case .linked: try writer.number(literal: row.bytes(column.position))
        case .rows(let rows):
            try writer.beginArray()
            try rows.forEachRow(in: row.bytes(column.position)) { try writer.value(rows.part.json(of: $0)) }
            try writer.endArray()
        case .anyReference(let id, let name):
            try writeReference(id: id, name: name, module: column.position, of: row)
        case .duration, .text, .choice, .integer, .boolean, .reference:
            try text.with(column, of: row) { try writer.string($0) }
        }
    }

    private mutating func writeReference(id: Int, name: Int?, module: Int? = nil, of row: Rows) throws {
        try writer.beginObject()
        if let module {
            try writer.key(Self.moduleKey)
            try writer.string(row.bytes(module))
        }
        try writer.key(Self.idKey)
        try writer.number(row.integer(id))
        if let name {
            try writer.key(Self.nameKey)
            if row.isNull(name) { try writer.null() } else { try writer.string(row.bytes(name)) }
        }
        try writer.endObject()
    }
}

extension OutputColumn.Kind {
    /// Whether the value is an array, which is empty if the row has none.
    fileprivate var isArray: Bool {
        switch self {
        case .list, .linked, .several, .rows: true
        default: false
        }
    }
}
