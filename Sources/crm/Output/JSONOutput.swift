import CRMKit
import Formats

/// Rows as JSON objects (RFC 8259).
struct JSONOutput: RecordOutput {
    /// How several objects stand together.
    enum Layout {
        /// An object a line.
        case lines
        /// An array with an element a line.
        case array
        /// An object within what the caller writes.
        case embedded
    }

    private struct Cell {
        let column: OutputColumn
        let key: JSONKey
        /// Begins the object that holds this cell and those after it.
        let opens: JSONKey?
        /// Ends the object that holds this cell.
        let closes: Bool
    }

    private static let idKey = JSONKey("id")
    private static let nameKey = JSONKey("name")
    private static let moduleKey = JSONKey("module")

    private let cells: [Cell]
    private let layout: Layout
    private let sink: ByteSink
    private var writer: JSONWriter
    private var text = MachineText()
    private var isFirst = true

    init(_ columns: [OutputColumn], to sink: ByteSink, layout: Layout) {
        cells = columns.indices.map { index in
            let object = columns[index].object
            let before = index > 0 ? columns[index - 1].object : nil
            let after = index + 1 < columns.count ? columns[index + 1].object : nil
            return Cell(
                column: columns[index],
                key: JSONKey(columns[index].key),
                opens: object != before ? object.map { JSONKey($0) } : nil,
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

    /// Writes a record and, under `related`, how many records of each module hang on it.
    mutating func write(_ row: Rows, related: RelatedSummary?) throws {
        if layout == .array {
            try sink.append(isFirst ? "\n" : ",\n")
            isFirst = false
        }
        try writer.beginObject()
        for cell in cells {
            if let key = cell.opens {
                try writer.key(key)
                try writer.beginObject()
            }
            try writer.key(cell.key)
            try write(cell.column, of: row)
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
    }

    mutating func end() throws {
        if layout == .array { try sink.append(isFirst ? "]\n" : "\n]\n") }
    }

    private mutating func write(_ column: OutputColumn, of row: Rows) throws {
        if row.isNull(column.position) {
            switch column.kind {
            case .list, .linked:
                try writer.beginArray()
                try writer.endArray()
            default: try writer.null()
            }
            return
        }
        switch column.kind {
        case .text, .choice: try writer.string(row.bytes(column.position))
        case .integer: try writer.number(row.integer(column.position))
        case .scaled, .money: try text.with(column, of: row) { try writer.number(literal: $0) }
        case .boolean: try writer.bool(row.integer(column.position) != 0)
        case .duration: try text.with(column, of: row) { try writer.string($0) }
        case .list:
            try writer.beginArray()
            for element in column.type.elements(of: row.value(column.position)) { try writer.string(element) }
            try writer.endArray()
        case .linked: try writer.number(literal: row.bytes(column.position))
        case .reference(_, let name): try writeReference(id: column.position, name: name, of: row)
        case .anyReference(let id, let name):
            try writeReference(id: id, name: name, module: column.position, of: row)
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

/// One JSON value on a line of its own.
enum JSONLine {
    /// The line's bytes.
    static func bytes(_ value: JSONValue) -> [UInt8] { Array((value.text + "\n").utf8) }

    /// Writes the line.
    static func write(_ value: JSONValue, to sink: ByteSink) throws(WriteError) {
        var writer = JSONWriter(sink)
        try writer.value(value)
        try writer.endLine()
    }
}
