import Formats
import SQLite
import Testing

@testable import CRMKit

@Suite struct ContentStoreTests {
    let crm: TemporaryStore

    init() throws { crm = try TemporaryStore() }

    private static let piece = StoredContent.pieceSize

    private static func pieces(of size: Int) -> Int64 { Int64((size + piece - 1) / piece) }

    /// Bytes of which no two pieces are alike.
    private static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.hexadecimal
    }

    private func count(_ table: String) throws -> Int64? {
        try crm.store.database.scalar("SELECT count(*) FROM \(table.quotedIdentifier)")?.integer
    }

    private func read(_ content: StoredContent, _ range: Range<Int64>) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try crm.store.requiredContent(content.sha256).forEachPiece(in: range) { bytes += $0 }
        return bytes
    }

    /// Names a content in a document.
    @discardableResult
    private func document(_ content: StoredContent) throws -> Int64 {
        try crm.add(.document, ["title": "D", "sha256": content.sha256])
    }

    @Test("what goes in comes out", arguments: [0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 7])
    func whatGoesInComesOut(size: Int) throws {
        let bytes = Self.bytes(size)
        let (content, isNew) = try crm.write { try $0.storeContent(bytes) }
        #expect(isNew)
        #expect(content == StoredContent(sha256: Self.hash(bytes), size: Int64(size)))
        #expect(try crm.store.openContent(content.sha256)?.content == content)
        #expect(try crm.store.requiredContent(content.sha256).bytes(atMost: .max) == bytes)
        #expect(try crm.store.verifyContent(content.sha256) == .sound)
        #expect(try count("content_piece") == Self.pieces(of: size))
        #expect(try crm.store.check().isEmpty)
    }

    @Test("a reader reads again while it reads") func aReaderReadsAgainWhileItReads() throws {
        let bytes = Self.bytes(2 * Self.piece + 10)
        let content = try crm.write { try $0.storeContent(bytes) }.content
        let reader = try crm.store.requiredContent(content.sha256)
        var outer: [UInt8] = []
        var inner: [[UInt8]] = []
        try reader.forEachPiece { piece in
            inner.append(try reader.bytes(atMost: .max))
            outer += piece
        }
        #expect(outer == bytes)
        #expect(inner == [bytes, bytes, bytes])
    }

    @Test("any range is read") func anyRangeIsRead() throws {
        let bytes = Self.bytes(2 * Self.piece + 10)
        let content = try crm.write { try $0.storeContent(bytes) }.content
        let piece = Self.piece
        for range in [0..<1, piece - 1..<piece + 1, piece..<piece, 5..<2 * piece + 5, 2 * piece + 9..<2 * piece + 10] {
            #expect(try read(content, Int64(range.lowerBound)..<Int64(range.upperBound)) == Array(bytes[range]))
        }
        #expect(try read(content, Int64(bytes.count) - 2..<Int64.max) == Array(bytes.suffix(2)))
        #expect(try read(content, Int64.max - 1..<Int64.max).isEmpty)
        #expect(try crm.store.requiredContent(content.sha256).bytes(atMost: 7) == Array(bytes.prefix(7)))
    }

    @Test("equal contents are stored once", arguments: [0, 100, piece, piece + 1]) func equalContentsAreStoredOnce(
        size: Int
    ) throws {
        let bytes = Self.bytes(size)
        let first = try crm.write { try $0.storeContent(bytes) }
        let second = try crm.write { try $0.storeContent(bytes) }
        #expect(first.content == second.content)
        #expect([first.isNew, second.isNew] == [true, false])
        #expect(try count("content") == 1)
        #expect(try count("content_piece") == Self.pieces(of: size))
    }

    @Test("several are written by turns") func severalAreWrittenByTurns() throws {
        let (one, two) = (Self.bytes(700_000, seed: 1), Self.bytes(600_000, seed: 2))
        let contents = try crm.write { transaction in
            let writers = [transaction.contentWriter(), transaction.contentWriter(), transaction.contentWriter()]
            for start in stride(from: 0, to: one.count, by: 1000) {
                try writers[0].append(Array(one[start..<start + 1000]))
                if start < two.count { try writers[1].append(Array(two[start..<start + 1000])) }
                try writers[2].append(Array(one[start..<start + 1000]))
            }
            return try writers.map { try $0.finish() }
        }
        #expect(contents.map(\.content.sha256) == [Self.hash(one), Self.hash(two), Self.hash(one)])
        #expect(contents.map(\.isNew) == [true, true, false])
        #expect(try count("content") == 2)
        #expect(try crm.store.requiredContent(Self.hash(two)).bytes(atMost: .max) == two)
    }

    private struct Broken: Error {}

    @Test("nothing stays of what fails") func nothingStaysOfWhatFails() throws {
        try crm.write { transaction in
            let store = {
                _ = try transaction.storeContent { writer in
                    try writer.append(Self.bytes(2 * Self.piece))
                    throw Broken()
                }
            }
            #expect(throws: Broken.self, performing: store)
            return
        }
        #expect(try count("content") == 0)
        #expect(try count("content_piece") == 0)
        #expect(throws: Broken.self) {
            try crm.write { transaction in
                _ = try transaction.storeContent([1])
                throw Broken()
            }
        }
        #expect(try count("content") == 0)
    }

    @Test("storing is no change of its own") func storingIsNoChangeOfItsOwn() throws {
        let before = try count("change_set")
        _ = try crm.write { try $0.storeContent([1, 2, 3]) }
        #expect(try count("change_set") == before)
    }

    @Test("what nothing names is pruned") func whatNothingNamesIsPruned() throws {
        let kept = try crm.write { try $0.storeContent([1]) }.content
        let edited = try crm.write { try $0.storeContent([2, 2]) }.content
        let deleted = try crm.write { try $0.storeContent([3, 3, 3]) }.content
        let loose = try crm.write { try $0.storeContent([4, 4, 4, 4]) }.content
        try document(kept)
        try crm.edit(.document, try document(edited), ["sha256": kept.sha256])
        try crm.delete(.document, try document(deleted))
        try crm.write { try $0.contentWriter().append(Self.bytes(2 * Self.piece)) }

        let pruned = try crm.write { try $0.pruneContents() }
        #expect(pruned == PrunedContents(count: 2, size: 4))
        #expect(try count("content_piece") == 3)
        for content in [kept, edited, deleted] { #expect(try crm.store.verifyContent(content.sha256) == .sound) }
        #expect(try crm.store.verifyContent(loose.sha256) == .missing)
        #expect(try crm.write { try $0.pruneContents() } == PrunedContents(count: 0, size: 0))

        var named: [String] = []
        try crm.store.forEachNamedContent { hash, size in named.append("\(hash) \(size ?? -1)") }
        #expect(named == ["\(kept.sha256) 1"])
    }

    @Test("damage is found") func damageIsFound() throws {
        let bytes = Self.bytes(2 * Self.piece)
        let content = try crm.write { try $0.storeContent(bytes) }.content
        let database = crm.store.database
        try database.run("UPDATE content_piece SET bytes = zeroblob(\(Self.piece)) WHERE number = 1")
        #expect(try crm.store.check().isEmpty, "only reading it all tells")
        guard case .damaged(let found, let size) = try crm.store.verifyContent(content.sha256) else {
            Issue.record("taken for sound")
            return
        }
        #expect(found != content.sha256)
        #expect(size == content.size)

        try database.run("DELETE FROM content_piece WHERE number = 1")
        #expect(try crm.store.verifyContent(content.sha256) != .sound)
        #expect(try crm.store.check().map(\.text.en) == ["the content with the SHA-256 \(content.sha256) is damaged"])
        #expect(throws: CRMError.self) { try read(content, 0..<content.size) }
    }

    @Test("a source gives its bytes as they stand") func aSourceGivesItsBytesAsTheyStand() throws {
        // What another reader takes for UTF-16.
        let bytes: [UInt8] = [0xFF, 0xFE, 0x41, 0x00, 0x00, 0x80]
        let content = try crm.write { transaction in
            try transaction.storeContent { writer in
                try RawSource(bytes: bytes).forEachPiece { try writer.append($0) }
            }
        }.content
        #expect(content.sha256 == Self.hash(bytes))
    }
}
