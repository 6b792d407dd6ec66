import Glibc

/// The committed pages of a `-wal` file, the newest version of each
/// (https://www.sqlite.org/fileformat2.html#walformat).
final class PageLog {
    /// The size of a page, in bytes; `nil` if there is no readable log.
    let pageSize: Int?
    /// The number of pages of the database after the last commit in it; `nil` if there is none.
    let databaseSize: Int?
    private let descriptor: Int32
    /// The offsets of the pages in the log, by page number.
    private let places: [Int: off_t]

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// Reads the places of the pages. A file that is missing, or is not a log, gives no pages.
    init(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0, let header = DamagedFile.read(descriptor, at: 0, count: Self.headerSize),
            let start = Start(header)
        else {
            (pageSize, places, databaseSize) = (nil, [:], nil)
            return
        }
        (places, databaseSize) = Self.committed(descriptor, start)
        pageSize = places.isEmpty ? nil : start.pageSize
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Returns the bytes of a page; `nil` if the log does not contain it or it cannot be read.
    func page(_ number: Int) -> [UInt8]? {
        guard let place = places[number], let pageSize else { return nil }
        return DamagedFile.read(descriptor, at: place, count: pageSize)
    }

    /// Returns the numbers of the pages above a given one, in order.
    func pages(after number: Int) -> [Int] { places.keys.filter { $0 > number }.sorted() }

    private static func committed(_ descriptor: Int32, _ start: Start) -> (places: [Int: off_t], size: Int?) {
        var size: Int?
        var (committed, pending): ([Int: off_t], [Int: off_t]) = ([:], [:])
        var sum = start.sum
        var offset = off_t(headerSize)
        while let frame = DamagedFile.read(descriptor, at: offset, count: frameHeaderSize + start.pageSize) {
            let number = frame.integer(at: 0, width: 4)
            sum.add(frame[..<8])
            sum.add(frame[frameHeaderSize...])
            guard number > 0, frame[8..<16].elementsEqual(start.salts), sum.isSaid(by: frame, at: 16) else { break }
            pending[number] = offset + off_t(frameHeaderSize)
            // In the frame of a commit this is the size of the database in pages; in any other it is 0.
            let told = frame.integer(at: 4, width: 4)
            if told > 0 {
                size = told
                committed.merge(pending) { _, new in new }
                pending = [:]
            }
            offset += off_t(frame.count)
        }
        // A later commit may have cut off pages of an earlier one.
        return (committed.filter { $0.key <= size ?? 0 }, size)
    }

    /// The fields of the log's header.
    private struct Start {
        let pageSize: Int
        let salts: ArraySlice<UInt8>
        let sum: CheckSum

        init?(_ bytes: [UInt8]) {
            let magic = bytes.integer(at: 0, width: 4)
            pageSize = bytes.integer(at: 8, width: 4)
            guard magic & ~1 == 0x377f_0682, pageSize >= 512, pageSize <= 65536, pageSize & (pageSize - 1) == 0 else {
                return nil
            }
            salts = bytes[16..<24]
            var sum = CheckSum(isBigEndian: magic & 1 == 1)
            sum.add(bytes[..<24])
            guard sum.isSaid(by: bytes, at: 24) else { return nil }
            self.sum = sum
        }
    }
}

/// The checksum over a log (https://www.sqlite.org/fileformat2.html#checksum_algorithm).
private struct CheckSum {
    let isBigEndian: Bool
    private var (first, second): (UInt32, UInt32) = (0, 0)

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    /// Adds bytes, whose count is a multiple of eight, to the sum.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                first = first &+ word(bytes, offset) &+ second
                second = second &+ word(bytes, offset + 4) &+ first
            }
        }
    }

    private func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
    }

    /// Returns whether the eight bytes at an offset equal the sum.
    func isSaid(by bytes: [UInt8], at offset: Int) -> Bool {
        bytes.integer(at: offset, width: 4) == Int(first) && bytes.integer(at: offset + 4, width: 4) == Int(second)
    }
}
