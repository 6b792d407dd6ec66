import Foundation
import SQLite
import Testing

@Suite("A damaged file")
struct DamageTests {
    private let folder: ScratchFolder
    private var path: String { folder.file("test.db") }
    private let pageSize = 4096

    init() throws { folder = try ScratchFolder() }

    private func read() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    private func write(_ bytes: [UInt8], to suffix: String = "") throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + suffix))
    }

    @Test("gives no more of a row than its pages hold, though they lead in a circle")
    func circle() throws {
        try folder.database().execute("CREATE TABLE t(a); INSERT INTO t VALUES (printf('%.*c', 200000, 'x'))")
        var bytes = try read()
        // The row begins on page 2 and goes on from page 3, each of which names the next.
        #expect(bytes.integer(at: 4 * pageSize) == 6)
        bytes.set(3, at: 4 * pageSize)
        try write(bytes)
        var lengths: [Int] = []
        _ = try DamagedReader(DamagedFile(path: path)).readTable(at: 2, isKeyed: false) { _, values in
            if case .blob(let text)?? = values.first { lengths.append(text.count) }
        }
        #expect(lengths.count == 1 && lengths[0] > pageSize && lengths[0] < 4 * pageSize, "\(lengths)")
    }

    @Test("has the pages that are there, however high its log counts them, and none that the log has cut off")
    func log() throws {
        try folder.database().execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)")
        let pages = try read()
        let (first, second) = (Array(pages[..<pageSize]), Array(pages[pageSize..<2 * pageSize]))
        let high: UInt32 = 4_000_000_000
        var log = WrittenLog(pageSize: pageSize)
        log.append(second, number: high, size: .max)
        try write(log.bytes, to: "-wal")
        #expect(try strayPages() == [1, 2, Int(high)])
        log.append(first, number: 1, size: 1)
        try write(log.bytes, to: "-wal")
        #expect(try strayPages() == [1])
    }

    /// What becomes of a leaf in the middle of a table.
    enum LeafDamage: String, CaseIterable {
        case none, emptied, beginningOfAnother
    }

    @Test("tells rows that a leaf should have and has not", arguments: LeafDamage.allCases)
    func leaf(_ damage: LeafDamage) throws {
        try folder.database().execute(
            """
            CREATE TABLE t(id INTEGER PRIMARY KEY, a);
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO t SELECT i, printf('%.*c', 30 + i % 20, 'x') FROM n;
            DELETE FROM t WHERE id % 7 = 3;
            UPDATE t SET a = 'short' WHERE id % 5 = 1
            """
        )
        var bytes = try read()
        let leaves = stride(from: pageSize, to: bytes.count, by: pageSize).filter { bytes[$0] == 13 }
        #expect(leaves.count > 10)
        let (damaged, other) = (leaves[4], leaves[7])
        switch damage {
        case .none: break
        case .emptied:
            let empty: [UInt8] = [13, 0, 0, 0, 0, 0x10, 0, 0]
            bytes.replaceSubrange(damaged..<damaged + pageSize, with: empty + Array(repeating: 0, count: pageSize - 8))
        case .beginningOfAnother: bytes.replaceSubrange(damaged..<damaged + 100, with: bytes[other..<other + 100])
        }
        try write(bytes)
        var read: Set<Int64> = []
        let places = try DamagedReader(DamagedFile(path: path)).readTable(at: 2, isKeyed: false) { id, _ in
            read.insert(id)
        }
        let missing = (1...2000).map(Int64.init).filter { $0 % 7 != 3 && !read.contains($0) }
        #expect(missing.isEmpty == (damage == .none))
        #expect(places.isEmpty == (damage == .none))
        #expect(missing.allSatisfy { id in places.contains { $0.rows.contains(id) } }, "\(missing), \(places)")
    }

    private func strayPages() throws -> [Int] {
        var numbers: [Int] = []
        try DamagedReader(DamagedFile(path: path)).readStrayPages(isKeyed: false) { number, _ in
            numbers.append(number)
            return true
        }
        return numbers
    }
}

/// A log as SQLite writes it (https://www.sqlite.org/fileformat2.html#walformat).
private struct WrittenLog {
    private(set) var bytes: [UInt8] = []
    private var sum: (UInt32, UInt32) = (0, 0)

    init(pageSize: Int) {
        for number in [0x377f_0682, 3_007_000, UInt32(pageSize), 0, 1, 2] { bytes.append(number) }
        add(bytes[...])
        for number in [sum.0, sum.1] { bytes.append(number) }
    }

    /// - Parameter size: the number of pages of the database after this commit.
    mutating func append(_ page: [UInt8], number: UInt32, size: UInt32) {
        var frame: [UInt8] = []
        for number in [number, size] { frame.append(number) }
        add(frame[...])
        add(page[...])
        for number in [1, 2, sum.0, sum.1] { frame.append(number) }
        bytes += frame + page
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) {
        for place in stride(from: bytes.startIndex, to: bytes.endIndex, by: 8) {
            let words = [place, place + 4].map { start in
                (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
            }
            sum.0 = sum.0 &+ words[0] &+ sum.1
            sum.1 = sum.1 &+ words[1] &+ sum.0
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ number: UInt32) {
        append(contentsOf: [0, 0, 0, 0])
        set(number, at: count - 4)
    }

    fileprivate func integer(at place: Int) -> UInt32 { self[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) } }

    fileprivate mutating func set(_ number: UInt32, at place: Int) {
        for offset in 0..<4 { self[place + offset] = UInt8(number >> UInt32(24 - 8 * offset) & 0xFF) }
    }
}
