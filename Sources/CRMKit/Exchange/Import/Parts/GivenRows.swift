/// The rows of a part in a cell.
struct GivenRows {
    let part: Part
    /// The choice for the kind of rows that the cell holds; `nil` when it holds all rows.
    let kind: String?
    /// Whether the rows are added to the existing ones.
    var isFurther = false
    /// The cell.
    let cell: Int
    /// The contents of the cell.
    var contents: Contents
    /// The stored rows that those of a cell of all rows are, in their order; `nil` for new ones.
    var former: [PartRow?] = []

    enum Contents {
        /// The values of each row, read and checked.
        case values([[Value]])
        /// Inputs for each row that can only be read once the rows' record is known.
        case inputs([[FieldInput]])
        /// The kinds of all rows, in their order.
        case order([Value])
    }

    /// Whether the rows are to be all that their record has.
    var areAll: Bool { kind == nil && !isFurther && !isOrder }

    var isOrder: Bool { if case .order = contents { true } else { false } }
}

extension [GivenRows] {
    /// Adds the rows of a cell. The rows of one kind form a single set, however many cells give them.
    mutating func add(_ rows: GivenRows) {
        guard rows.kind != nil, !rows.isFurther, case .values(let more) = rows.contents,
            let index = firstIndex(where: {
                $0.part.key == rows.part.key && $0.kind == rows.kind && !$0.isFurther
            }),
            case .values(let present) = self[index].contents
        else { return append(rows) }
        self[index].contents = .values(present + more)
    }

    /// The cells in the order in which they are settled: the order of rows when they are there.
    var settled: [GivenRows] {
        joined.filter { !$0.isOrder } + filter(\.isOrder)
    }

    /// The cells with the rows of one kind joined to the cell with all rows of their part, if there is one: neither says
    /// that the rows of the other are to go.
    private var joined: [GivenRows] {
        var joined: [GivenRows] = []
        for rows in filter(\.areAll) + filter({ !$0.areAll }) {
            guard let whole = joined.firstIndex(where: { $0.areAll && $0.part.key == rows.part.key }),
                case .values(let present) = joined[whole].contents, case .values(let more) = rows.contents
            else {
                joined.append(rows)
                continue
            }
            var known = Set(present)
            joined[whole].contents = .values(present + more.filter { known.insert($0).inserted })
        }
        return joined
    }
}
