/// The columns that refer to records, and which of them refer to the same one: by a key and by its name.
struct ReferenceColumns {
    /// For each cell that names a record by a key, the cell with the name of that record.
    private(set) var names: [Int: Int] = [:]
    /// For each cell with a name, the cells with keys of the same record.
    private(set) var keys: [Int: [Int]] = [:]
    /// For each cell that names records to link with by a key, the cell with the names of those records.
    private(set) var linkPairs: [Int: Int] = [:]
    /// The columns that refer to records of the rows' own module, which later rows may create.
    private var own: [Int] = []

    /// No columns.
    init() {}

    /// The columns of rows that are records of a module.
    init(_ columns: [ImportColumn], in module: Module) {
        for (cell, column) in columns.enumerated() {
            guard let position = column.referencePosition(in: module) else { continue }
            if module.fields[position].type.target == module.name { own.append(cell) }
            let name = ImportColumn.reference(position, prefix: "name")
            guard column != name, let name = columns.firstIndex(of: name) else { continue }
            names[cell] = name
            keys[name, default: []].append(cell)
        }
        for (cell, column) in columns.enumerated() {
            guard let (other, prefix) = column.linkKey, !["id", "name"].contains(prefix),
                let called = columns.firstIndex(where: { $0.linkKey.map { $0 == (other, "name") } ?? false }),
                !linkPairs.values.contains(called)
            else { continue }
            linkPairs[cell] = called
        }
    }

    /// Whether a row refers to another record of its module.
    func nameOwn(_ row: InputRow) -> Bool { own.contains { row.texts[$0]?.isEmpty == false } }
}

extension ImportColumn {
    /// The position of the field in which the column refers to a record of a single module, by any key.
    fileprivate func referencePosition(in module: Module) -> Int? {
        switch self {
        case .reference(let position, _): position
        case .field(let position): module.fields[position].type.target == nil ? nil : position
        default: nil
        }
    }
}
