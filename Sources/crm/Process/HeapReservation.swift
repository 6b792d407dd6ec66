import Glibc

/// Memory that the heap is given at once, before a command opens its database.
///
/// A command that opens a database and prepares a few statements takes about a megabyte in thousands of small pieces.
/// The system would give it page by page, with a fault for each, which is a fifteenth of the time of a short command.
enum HeapReservation {
    /// Makes the next megabyte of small allocations use pages that are already mapped. On a system that cannot map them
    /// at once (Linux before 5.14), they are mapped one by one.
    static func make() {
        // The heap grows by blocks that are too small for malloc to map each for itself.
        let blocks = (0..<9).map { _ in malloc(blockSize) }
        // It would shrink again when its last block is freed, so the beginning of one stays behind them.
        let stays = realloc(malloc(blockSize), 1)
        defer {
            for block in blocks { free(block) }
        }
        guard let start = blocks[0], let end = stays else { return }
        let (first, last) = (Int(bitPattern: start) / pageSize + 1, Int(bitPattern: end) / pageSize)
        guard 0 < last - first, last - first <= (blocks.count + 1) * blockSize / pageSize else { return }
        madvise(UnsafeMutableRawPointer(bitPattern: first * pageSize), (last - first) * pageSize, populatesForWriting)
    }

    private static let pageSize = 4096
    private static let blockSize = 120 << 10

    /// `MADV_POPULATE_WRITE`, madvise(2), which older headers do not name.
    private static let populatesForWriting: Int32 = 23
}
