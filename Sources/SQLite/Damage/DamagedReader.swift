/// A part of a table that cannot be read.
public struct DamagedPlace: Sendable, Equatable {
    /// The page at which reading ended; `nil` if the file refers to a page beyond its end.
    public let page: Int?
    /// The range that contains the rowids of the rows lost with the page; all of `Int64` for a table WITHOUT ROWID.
    public let rows: ClosedRange<Int64>

    /// Creates a place from a page and a range of rowids.
    public init(page: Int?, rows: ClosedRange<Int64>) { (self.page, self.rows) = (page, rows) }
}

/// Reads the rows of a damaged file, table by table, and then the pages that no table leads to any more.
public final class DamagedReader {
    private let file: DamagedFile
    private var isSeen: SeenPages

    /// Creates a reader that has not yet read any page of the file.
    public init(_ file: DamagedFile) {
        self.file = file
        isSeen = SeenPages(inFile: file.pagesInFile)
    }

    /// Reads the rows of a table as far as its pages lead to them.
    ///
    /// - Parameters:
    ///   - root: the number of the table's first page.
    ///   - isKeyed: whether it is a table WITHOUT ROWID, which is laid out like an index.
    ///   - row: called with the rowid of each row, 0 in a table without rowids, and its values in stored order, `nil`
    ///     for a value that cannot be read; a damaged text is given as its bytes.
    /// - Returns: the places that could not be read; empty for an intact table.
    public func readTable(
        at root: Int,
        isKeyed: Bool,
        row: (Int64, [Value?]) throws -> Void
    ) throws -> [DamagedPlace] {
        var damaged: [DamagedPlace] = []
        var waiting: [(page: Int, rows: ClosedRange<Int64>)] = [(root, Int64.min...Int64.max)]
        while let (number, rows) = waiting.popLast() {
            guard number >= 1, number <= file.pageCount, !isSeen[number] else {
                let isThere = number >= 1 && number <= file.pageCount
                damaged.append(DamagedPlace(page: isThere ? number : nil, rows: rows))
                continue
            }
            isSeen[number] = true
            guard let page = page(number), page.kind.isOfTable != isKeyed else {
                damaged.append(DamagedPlace(page: number, rows: rows))
                // The page is of another kind of tree, which may still want to read it.
                isSeen[number] = false
                continue
            }
            if !page.kind.isLeaf { waiting += children(of: page, number, rows, &damaged).reversed() }
            if page.kind != .tableInterior { damaged += try readRows(of: page, number, rows, row) }
        }
        return damaged
    }

    /// Reads the rows of all pages that were not reached from any table.
    ///
    /// - Parameters:
    ///   - isKeyed: whether to read the pages as those of a table WITHOUT ROWID.
    ///   - body: called with the number of a page and its readable rows; returns whether it accepted the rows.
    public func readStrayPages(isKeyed: Bool, _ body: (Int, [(number: Int64, values: [Value])]) throws -> Bool) throws {
        let kind = isKeyed ? TreePage.Kind.indexLeaf : .tableLeaf
        for number in file.storedPages where !isSeen[number] {
            guard let page = page(number), page.kind == kind else { continue }
            var rows: [(number: Int64, values: [Value])] = []
            for cell in page.cells {
                if let payload = page.payload(at: cell), let values = values(of: payload)?.whole {
                    rows.append((payload.number, values))
                }
            }
            if try !rows.isEmpty && body(number, rows) { isSeen[number] = true }
        }
    }

    /// Returns the first rows of a table, without marking their pages as read.
    ///
    /// - Returns: `nil` if the page is not the root of a table of that layout, or if it, or a page on the way to its
    ///   first rows, was already read.
    public func firstRows(ofTableAt root: Int, isKeyed: Bool) -> [[Value]]? {
        var number = root
        for _ in 0..<Self.mostLevels {
            guard number >= 1, number <= file.pageCount, !isSeen[number], let page = page(number),
                page.kind.isOfTable != isKeyed
            else { return nil }
            if page.kind.isLeaf { return page.cells.compactMap { page.payload(at: $0).flatMap(values)?.whole } }
            guard let cell = page.cells.first, let child = page.leftChild(at: cell) else { return nil }
            number = child
        }
        return nil
    }

    /// SQLite's own limit for the depth of a tree.
    private static let mostLevels = 20

    private func page(_ number: Int) -> TreePage? {
        file.page(number).flatMap { TreePage($0, number: number, usable: file.usable) }
    }

    /// Returns the pages under an interior one, in order, each with the range of rowids that its rows can have.
    private func children(
        of page: TreePage,
        _ number: Int,
        _ rows: ClosedRange<Int64>,
        _ damaged: inout [DamagedPlace]
    ) -> [(page: Int, rows: ClosedRange<Int64>)] {
        var children: [(page: Int, rows: ClosedRange<Int64>)] = []
        var first = rows.lowerBound
        for cell in page.cells {
            guard page.kind == .tableInterior else {
                if let child = page.leftChild(at: cell) { children.append((child, rows)) }
                continue
            }
            guard let child = page.child(at: cell), child.last >= first, child.last <= rows.upperBound else {
                damaged.append(DamagedPlace(page: number, rows: rows))
                continue
            }
            children.append((child.page, first...child.last))
            first = child.last == Int64.max ? child.last : child.last + 1
        }
        if first <= rows.upperBound { children.append((page.lastChild, first...rows.upperBound)) }
        return children
    }

    private func readRows(
        of page: TreePage,
        _ number: Int,
        _ rows: ClosedRange<Int64>,
        _ row: (Int64, [Value?]) throws -> Void
    ) throws -> [DamagedPlace] {
        var damaged: [DamagedPlace] = []
        var next = rows.lowerBound
        // Only a tree of a single page can be without rows.
        let isBlank = page.cells.isEmpty && rows != Int64.min...Int64.max
        // In a page that lacks cells, any gap between the rows may be where one was lost.
        let hasGaps = page.kind.isLeaf && (isBlank || !page.isFilled)
        var isPending = hasGaps
        for cell in page.cells {
            guard let payload = page.payload(at: cell), !page.kind.isOfTable || rows.contains(payload.number) else {
                isPending = true
                continue
            }
            // The row of an unreadable cell has a rowid between those of its neighbours.
            if isPending, payload.number > next || !page.kind.isOfTable {
                damaged.append(
                    DamagedPlace(page: number, rows: page.kind.isOfTable ? next...(payload.number - 1) : rows)
                )
            }
            isPending = hasGaps && page.kind.isOfTable
            if page.kind.isOfTable, payload.number < Int64.max { next = max(next, payload.number + 1) }
            guard let values = values(of: payload) else {
                damaged.append(DamagedPlace(page: number, rows: payload.number...payload.number))
                continue
            }
            try row(payload.number, values)
        }
        if isPending, next <= rows.upperBound {
            damaged.append(DamagedPlace(page: number, rows: next...rows.upperBound))
        }
        return damaged
    }

    private func values(of payload: TreePage.Payload) -> [Value?]? {
        if payload.overflow == 0 { return DamagedRow.values(of: payload.local, size: payload.size) }
        var bytes = Array(payload.local)
        var next = payload.overflow
        var sound = bytes.count
        // Pages that refer to each other in a circle would supply any size that a damaged cell declares.
        var passed: Set<Int> = []
        while bytes.count < payload.size, next != 0, passed.insert(next).inserted, let page = file.page(next) {
            sound = bytes.count
            bytes += page[4..<min(file.usable, 4 + payload.size - bytes.count)]
            next = page.integer(at: 0, width: 4)
        }
        // If the chain breaks off early, or continues behind the end of the payload, its last page is the damaged one.
        let isWhole = bytes.count == payload.size && next == 0
        return DamagedRow.values(of: isWhole ? bytes[...] : bytes[..<sound], size: payload.size)
    }
}

/// The set of pages already read: a flag for each page of the file, and a set for the pages that a log adds behind it.
private struct SeenPages {
    private var inFile: [Bool]
    private var beyond: Set<Int> = []

    init(inFile count: Int) { inFile = Array(repeating: false, count: count + 1) }

    subscript(number: Int) -> Bool {
        get { number < inFile.count ? inFile[number] : beyond.contains(number) }
        set {
            if number < inFile.count {
                inFile[number] = newValue
            } else if newValue {
                beyond.insert(number)
            } else {
                beyond.remove(number)
            }
        }
    }
}

extension [Value?] {
    /// The values, if all of them can be read; `nil` otherwise.
    public var whole: [Value]? {
        let values = compactMap { $0 }
        return values.count == count ? values : nil
    }
}
