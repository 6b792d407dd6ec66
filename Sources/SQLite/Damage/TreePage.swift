/// A page of a table or an index (https://www.sqlite.org/fileformat2.html#b_tree_pages).
struct TreePage {
    enum Kind: UInt8 {
        case indexInterior = 2
        case tableInterior = 5
        case indexLeaf = 10
        case tableLeaf = 13

        var isLeaf: Bool { self == .indexLeaf || self == .tableLeaf }
        /// Whether its rows are identified by a rowid and not by their content.
        var isOfTable: Bool { self == .tableInterior || self == .tableLeaf }
    }

    let kind: Kind
    let bytes: [UInt8]
    /// The offsets of the cells according to the page, in the order of their rows.
    let cells: [Int]
    /// The rightmost child of an interior page; 0 in a leaf.
    let lastChild: Int
    private let usable: Int
    private let firstCell: Int
    /// The offset of the page's header.
    private let start: Int

    /// - Returns: `nil` for bytes that are not a page of a table or an index.
    init?(_ bytes: [UInt8], number: Int, usable: Int) {
        let start = number == 1 ? 100 : 0
        guard let kind = Kind(rawValue: bytes[start]) else { return nil }
        let pointers = start + (kind.isLeaf ? 8 : 12)
        let count = bytes.integer(at: start + 3, width: 2)
        // A cell takes at least four bytes, and its pointer two.
        guard pointers + count * 6 <= usable else { return nil }
        let firstCell = pointers + count * 2
        cells = (0..<count).map { bytes.integer(at: pointers + $0 * 2, width: 2) }
        lastChild = kind.isLeaf ? 0 : bytes.integer(at: start + 8, width: 4)
        guard count == 0 || cells.contains(where: { $0 >= firstCell && $0 < usable }) else { return nil }
        (self.kind, self.bytes, self.usable, self.firstCell) = (kind, bytes, usable, firstCell)
        self.start = start
    }

    /// Whether the cells of a leaf and the free space in it fill the page, as they do where no cell is missing
    /// (https://www.sqlite.org/fileformat2.html#b_tree_pages).
    var isFilled: Bool {
        let declared = bytes.integer(at: start + 5, width: 2)
        let content = declared == 0 ? 65_536 : declared
        var filled = bytes.integer(at: start + 7, width: 1)
        for cell in cells {
            guard cell >= content, let payload = payload(at: cell) else { return false }
            filled += max(Self.leastCell, payload.end - cell)
        }
        var block = bytes.integer(at: start + 1, width: 2)
        while block != 0 {
            guard block >= content, block + Self.leastCell <= usable else { return false }
            filled += bytes.integer(at: block + 2, width: 2)
            let next = bytes.integer(at: block, width: 2)
            // Free blocks are in the order of their places.
            guard next == 0 || next > block else { return false }
            block = next
        }
        return content + filled == usable
    }

    /// The number of bytes that a cell and a free block take at least.
    private static let leastCell = 4

    /// Returns the content of a cell of an interior page of a table: the number of a page, and the highest rowid in it.
    func child(at cell: Int) -> (page: Int, last: Int64)? {
        guard cell >= firstCell, cell + 4 < usable else { return nil }
        var offset = cell + 4
        guard let last = varint(&offset) else { return nil }
        return (bytes.integer(at: cell, width: 4), last)
    }

    /// Returns the left child of a cell of an interior page.
    func leftChild(at cell: Int) -> Int? {
        cell >= firstCell && cell + 4 <= usable ? bytes.integer(at: cell, width: 4) : nil
    }

    /// The payload of a cell that holds a row.
    struct Payload {
        /// The number of the row; 0 in an index.
        let number: Int64
        /// The size of the payload in bytes.
        let size: Int
        /// The part of the payload stored in this page.
        let local: ArraySlice<UInt8>
        /// The number of the first overflow page with the rest; 0 for none.
        let overflow: Int

        /// The offset at which the cell ends that has the payload.
        fileprivate var end: Int { local.endIndex + (overflow == 0 ? 0 : 4) }
    }

    /// - Returns: `nil` for an offset at which no valid cell starts.
    func payload(at cell: Int) -> Payload? {
        guard cell >= firstCell else { return nil }
        var offset = cell + (kind == .indexInterior ? 4 : 0)
        guard let size = varint(&offset), size >= 0, size <= Self.longestPayload else { return nil }
        var number: Int64 = 0
        if kind == .tableLeaf {
            guard let told = varint(&offset) else { return nil }
            number = told
        }
        let local = localSize(Int(size))
        let isWhole = local == Int(size)
        guard offset + local + (isWhole ? 0 : 4) <= usable else { return nil }
        return Payload(
            number: number,
            size: Int(size),
            local: bytes[offset..<(offset + local)],
            overflow: isWhole ? 0 : bytes.integer(at: offset + local, width: 4)
        )
    }

    /// SQLite's own limit for the size of a row, in bytes.
    private static let longestPayload: Int64 = 1_000_000_000

    /// Returns the number of bytes of a payload that are stored in the page itself
    /// (https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages).
    private func localSize(_ size: Int) -> Int {
        let most = kind == .tableLeaf ? usable - 35 : (usable - 12) * 64 / 255 - 23
        if size <= most { return size }
        let least = (usable - 12) * 32 / 255 - 23
        let fitting = least + (size - least) % (usable - 4)
        return fitting <= most ? fitting : least
    }

    private func varint(_ offset: inout Int) -> Int64? { bytes[..<usable].varint(&offset) }
}

extension ArraySlice<UInt8> {
    /// Reads an integer of one to nine bytes (https://www.sqlite.org/fileformat2.html#varint); `nil` if the bytes end
    /// too early.
    func varint(_ offset: inout Int) -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard offset >= startIndex, offset < endIndex else { return nil }
            let byte = self[offset]
            offset += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte & 0x80 == 0 { return Int64(bitPattern: value) }
        }
        return nil
    }
}
