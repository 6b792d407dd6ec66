import CLIKit
import CRMKit
import Formats
import Localization

/// Mentioned records of any modules, one row each.
struct MentionListing {
    /// A column of the listing.
    enum Column: String {
        case group, date, days, moment, module, id, name, contact, contacts, role, field, found, value, author, state
        case snippet, matches, details

        fileprivate var listed: Listing.Column {
            let key = rawValue
            return switch self {
            case .group: Listing.Column(key, en: "Group", es: "Grupo")
            case .date: Listing.Column(key, en: "Date", es: "Fecha", isWhole: true)
            case .days: Listing.Column(key, en: "Days", es: "Días", isWhole: true)
            // Its words tell what is listed from what happened, and are needed whole.
            case .moment: Listing.Column(key, en: "What", es: "Qué", isPreferred: true)
            case .module: Listing.Column(key, en: "Module", es: "Módulo")
            case .id: Listing.Column(key, en: "Id", es: "Id", isID: true)
            case .name: Listing.Column(key, en: "Name", es: "Nombre")
            case .contact: Listing.Column(key, en: "Contact", es: "Contacto")
            case .contacts: Listing.Column(key, en: "Contacts", es: "Contactos")
            case .role: Listing.Column(key, en: "Role", es: "Rol")
            case .field: Listing.Column(key, en: "Field", es: "Campo")
            case .found: Listing.Column(key, en: "Field", es: "Campo")
            case .value: Listing.Column(key, en: "Value", es: "Valor")
            case .author: Listing.Column(key, en: "Author", es: "Autor")
            case .state: Listing.Column(key, en: "State", es: "Estado")
            case .snippet: Listing.Column(key, en: "Text", es: "Texto", isExcerpt: true)
            case .matches: Listing.Column(key, en: "Matches", es: "Coincidencias")
            case .details: Listing.Column(key, en: "Details", es: "Detalles")
            }
        }
    }

    private let format: OutputFormat
    private let audience: Audience
    private let sink: ByteSink
    private let columns: [Column]
    private var listing: Listing
    private var cells: MentionCells
    /// The modules of the records whose ids alone have been written.
    private(set) var modules: Set<ModuleName> = []

    /// Begins a listing.
    ///
    /// - Parameters:
    ///   - people: the columns in formats for people.
    ///   - machine: the columns in formats for programs.
    init(people: [Column], machine: [Column], format: OutputFormat, style: OutputStyle, to sink: ByteSink) {
        self.format = format
        self.sink = sink
        audience = style.audience
        columns = format == .id ? [.id] : format.isForPeople ? people : machine
        cells = MentionCells(columns)
        listing = Listing(columns.map(\.listed), format: format, style: style, to: sink)
    }

    /// The headers of the columns that the table leaves out because no row has a value for them.
    var emptyColumns: [String] { listing.emptyColumns }
    /// The number of columns at the end of the table that do not fit the line.
    var omittedColumns: Int { listing.omittedColumns }

    /// Writes the records.
    ///
    /// - Parameter limit: the maximum number of records.
    /// - Returns: the number of records written, and whether some were left out.
    mutating func write(_ records: any MentionedRecords, limit: Int?) throws -> (count: Int, isCut: Bool) {
        if format.isJSON { return try writeObjects(records, limit: limit) }
        if format == .id { return try writeIDs(records, limit: limit) }
        try listing.begin()
        var count = 0
        while count < limit ?? .max, let record = try records.next() {
            if format.isForPeople {
                try listing.write(row(record))
            } else {
                try cells.write(record, to: &listing)
            }
            count += 1
        }
        try listing.end()
        return (count, try count == limit && records.next() != nil)
    }

    private mutating func writeIDs(_ records: any MentionedRecords, limit: Int?) throws -> (count: Int, isCut: Bool) {
        var count = 0
        while count < limit ?? .max, let (module, id) = try records.nextID() {
            modules.insert(module)
            try sink.append(integer: id)
            try sink.append("\n")
            count += 1
        }
        return (count, try count == limit && records.nextID() != nil)
    }

    private func row(_ record: MentionedRecord) throws -> Listing.Row {
        let words = MentionWords(record, for: audience)
        var row = Listing.Row(machine: [], people: try columns.map { try people($0, words, record) }, json: .null)
        if let place = columns.firstIndex(of: .details) { row.leads[place] = try words.detailsToCut.whole }
        return row
    }

    private func people(_ column: Column, _ words: MentionWords, _ record: MentionedRecord) throws -> String {
        switch column {
        case .group:
            DayGroup(rawValue: try words.text(of: column.rawValue))?.heading(in: audience.language) ?? ""
        case .date: try words.date
        case .moment: try words.moment
        case .module: words.module
        case .id: words.id
        case .name: words.name
        case .role: words.role
        // Only a table may have to cut the details.
        case .details: try format == .table ? words.detailsToCut.text : words.details
        case .found: record.field?.label(in: audience.language) ?? ""
        case .snippet: try words.text(of: column.rawValue) + others(record)
        case .days, .contact, .contacts, .field, .value, .author, .state, .matches: try words.text(of: column.rawValue)
        }
    }

    /// How many more rows of a record are found than the one that is shown: ` (+3)`.
    private func others(_ record: MentionedRecord) -> String {
        let rows = record.rows
        guard let place = record.column(Column.matches.rawValue)?.position, !rows.isNull(place) else { return "" }
        let count = rows.integer(place) - 1
        return count > 0 ? " (+\(count))" : ""
    }

    /// Writes objects whose member `record` has the members of its module.
    private func writeObjects(_ records: any MentionedRecords, limit: Int?) throws -> (count: Int, isCut: Bool) {
        let isArray = format == .json
        var outputs: [ObjectIdentifier: JSONOutput] = [:]
        var count = 0
        if isArray { try sink.append("[") }
        while count < limit ?? .max, let record = try records.next() {
            if isArray { try sink.append(count == 0 ? "\n" : ",\n") }
            count += 1
            let rows = ObjectIdentifier(record.rows)
            var output =
                outputs[rows] ?? JSONOutput(record.rows.columns, to: sink, layout: isArray ? .embedded : .lines)
            try output.write(record.rows)
            outputs[rows] = output
        }
        if isArray { try sink.append(count == 0 ? "]\n" : "\n]\n") }
        return (count, try count == limit && records.next() != nil)
    }
}

extension Session {
    /// Prints mentioned records, one row each. A long list on a terminal goes through the pager.
    ///
    /// - Parameters:
    ///   - people: the columns in formats for people.
    ///   - machine: the columns in formats for programs.
    ///   - limit: the maximum number of records; the user is informed if some are left out.
    func print(
        _ records: any MentionedRecords,
        people: [MentionListing.Column],
        machine: [MentionListing.Column],
        limit: Int? = nil
    ) throws {
        let format = try outputFormat
        let style = try outputStyle
        let (listing, result) = try withOutput(paged: format == .table) { sink in
            var listing = MentionListing(people: people, machine: machine, format: format, style: style, to: sink)
            let result = try listing.write(records, limit: limit)
            return (listing, result)
        }
        try noteEmpty(listing.emptyColumns)
        try noteOmitted(listing.omittedColumns)
        if result.isCut {
            try noteCut(after: result.count)
        }
        if listing.modules.count > 1 {
            try note(
                Text(
                    en: "the ids are of several modules: --format csv tells of which",
                    es: "los id son de varios módulos: --format csv dice de cuáles"
                )
            )
        }
    }
}
