/// The columns of addresses, and numbers of houses under a header that may also count the rows of the table: `No.`, `Número`.
extension ImportHeader {
    /// Whether a heading is that of an address.
    ///
    /// - Parameter names: the folded names of other columns, beside which it may be one of an address.
    func isAddress(_ heading: Heading, among names: Set<String>) -> Bool {
        if column(meant(heading))?.isOfAddress == true { return true }
        // `Estado` is also an attribute of links, which the table has none of.
        let name = Self.folded(heading.name)
        let targets = [foreign.target(of: name, beside: names), foreign.target(of: name)]
        return targets.compactMap(\.self).contains { column($0)?.isOfAddress == true }
    }

    /// Returns the meanings that columns have because of others, without those of house numbers that do not stand with
    /// a street. Of several house numbers only the nearest to a street is kept, preferably one after it.
    ///
    /// - Parameters:
    ///   - meanings: the meanings that columns have beside others; `nil` for a column that gets none.
    ///   - columns: the meanings that columns have by themselves.
    func withoutStrayHouses(_ meanings: [ImportColumn?], _ columns: [ImportColumn?]) -> [ImportColumn?] {
        let places = meanings.indices.filter { meanings[$0]?.isHouse == true }
        guard !places.isEmpty else { return meanings }
        let near = places.compactMap { place in
            Self.distance(of: place, toStreetIn: columns).map { (place: place, distance: $0) }
        }
        let kept = near.min { $0.distance < $1.distance }?.place
        var meanings = meanings
        for place in places where place != kept { meanings[place] = nil }
        return meanings
    }

    /// Returns how far a column stands after that of a street with only columns of an address in between. A column
    /// directly before that of a street is the farthest.
    ///
    /// - Returns: `nil` for a column that does not stand with a street, and for the first of a table, which counts its rows.
    private static func distance(of place: Int, toStreetIn columns: [ImportColumn?]) -> Int? {
        var before = place
        while before > 0 {
            before -= 1
            if columns[before]?.isStreet == true { return place - before }
            guard columns[before]?.isOfAddress == true else { break }
        }
        let next = place + 1
        return place > 0 && next < columns.count && columns[next]?.isStreet == true ? columns.count : nil
    }
}

extension ImportColumn {
    /// Whether the column has the number of a house.
    fileprivate var isHouse: Bool { if case .piece(.house(_, isInside: false)) = self { true } else { false } }

    /// Whether the column has the street of an address, or a whole address.
    fileprivate var isStreet: Bool {
        switch self {
        case .piece(.address(_, ColumnPiece.street, _)), .piece(.wholeAddress): true
        default: false
        }
    }

    /// Whether the column has a part of an address, or a whole one.
    var isOfAddress: Bool {
        switch self {
        case .piece(.address), .piece(.house), .piece(.addressExtension), .piece(.wholeAddress), .piece(.addressSpare):
            true
        default: false
        }
    }
}
