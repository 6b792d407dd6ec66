/// The contents of a row, before they are compared with the database.
struct RowReading {
    /// A value that a row gives for a field.
    struct Given {
        let position: Int
        let value: Value
        let cell: Int
    }

    var given: [Given] = []
    var money: [(position: Int, text: String, cell: Int)] = []
    /// Numbers followed by their unit, which the row or its record states too.
    var counted: [(position: Int, text: String, cell: Int)] = []
    var links: [GivenLink] = []
    var attributes: [GivenAttribute] = []
    var rows: [GivenRows] = []
    /// Further values of fields for which there is another column.
    var further: [(position: Int, value: FurtherValue, text: String, cell: Int)] = []
    /// Components of moments from separate columns.
    var moments: [(position: Int, half: MomentHalf, text: String, cell: Int)] = []
    /// Values that take precedence over those of other columns for the same fields.
    var decided: [(position: Int, word: String, cell: Int)] = []
    /// The cells that say nothing is refused, where another one refuses.
    var overruled: [Int] = []
    var pieces = RowPieces()
    var ready = PieceSettler.Ready()
    /// Values that were not stored as written, to be reported.
    var told: [ImportWarning] = []
    /// The keys of fields that only cards of this program contain, if the value of the card means nothing here, such as
    /// the key of a missing record. The value is stored with the card.
    var leftToCard: [String] = []
    /// The problems of cells, and the positions of fields without a value because of them.
    var problems: [RowProblem] = []
    var wrong: Set<Int> = []

    /// The contents of a row beside the fields of its record.
    struct Beside {
        /// The whole name in a single cell.
        let wholeName: String?
        /// Whether the row also has addresses, rows of parts or links to be written.
        let isWritten: Bool
    }

    /// The contents of the row beside the fields of its record.
    var beside: Beside {
        Beside(wholeName: pieces.fullName?.text, isWritten: !(ready.isEmpty && rows.isEmpty && links.isEmpty))
    }

    /// Whether there is nothing but values of fields, as in most rows. Whatever else a reading has is to be named here.
    private var isPlain: Bool {
        money.isEmpty && counted.isEmpty && links.isEmpty && attributes.isEmpty && rows.isEmpty && further.isEmpty
            && moments.isEmpty && decided.isEmpty && overruled.isEmpty && pieces.isEmpty && ready.isEmpty
            && ready.told.isEmpty && told.isEmpty && leftToCard.isEmpty && problems.isEmpty && wrong.isEmpty
    }

    /// Forgets everything, for another row. Of most rows only the values are cleared, since making two dozen new lists
    /// costs more than finding the old ones empty.
    mutating func removeAll() {
        if isPlain { given.removeAll(keepingCapacity: true) } else { self = RowReading() }
    }

    /// Whether there is a value for a field.
    func gives(_ position: Int) -> Bool { given.contains { $0.position == position } }

    /// Replaces the value that the row gives for a field, or removes it.
    mutating func change(_ position: Int?, to value: Value?) {
        guard let place = given.firstIndex(where: { $0.position == position }) else { return }
        let cell = given[place].cell
        given.removeAll { $0.position == position }
        guard let position, let value else { return }
        given.insert(RowReading.Given(position: position, value: value, cell: cell), at: min(place, given.count))
    }
}
