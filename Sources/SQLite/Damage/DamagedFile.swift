import CSQLite
import Glibc

/// A database file that is read page by page, without SQLite, which gives up on a table at its first wrong page.
/// Nothing is ever written to the file. A page that a failing disk does not deliver counts as damaged.
///
/// The layout of pages: https://www.sqlite.org/fileformat2.html
public final class DamagedFile {
    /// The fields of the file's header, its first hundred bytes; `nil` if they are not the header of a database.
    public let header: Header?
    /// The size of a page, in bytes.
    let pageSize: Int
    /// The number of bytes of a page that hold content.
    let usable: Int
    /// The number of the last page, which may be incomplete. The log may add pages far behind the last one of the file;
    /// those in between do not exist.
    public let pageCount: Int
    /// The number of pages in the file itself that belong to the database.
    let pagesInFile: Int
    private let descriptor: Int32
    private let log: PageLog

    /// The numbers in the header that identify the program and the format of the file.
    public struct Header: Sendable, Equatable {
        /// The application identifier, by which programs recognise their files.
        public let applicationID: Int64
        /// The user version, by which programs recognise the version of their format.
        public let userVersion: Int64
    }

    /// Opens a file for reading, together with the committed content of a `-wal` file beside it. That file is looked
    /// for beside the given path, so the caller must resolve a symbolic link first.
    ///
    /// - Throws: ``SQLiteError`` `cannotOpen` if the file cannot be opened or is not a regular file.
    public init(path: String) throws(SQLiteError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            let number = descriptor < 0 ? errno : EINVAL
            if descriptor >= 0 { close(descriptor) }
            throw SQLiteError(
                extendedCode: SQLITE_CANTOPEN,
                message: "it cannot be opened",
                systemError: number,
                sql: nil
            )
        }
        log = PageLog(path: "\(path)-wal")
        let size = Int(status.st_size)
        let first = log.page(1) ?? Self.read(descriptor, at: 0, count: 100) ?? []
        let fixed = FixedHeader(first)
        header = fixed?.header
        pageSize = log.pageSize ?? fixed?.pageSize ?? Self.likelyPageSize(descriptor, size)
        usable = pageSize - (fixed?.reserved ?? 0)
        let whole = (size + pageSize - 1) / pageSize
        pagesInFile = min(whole, log.databaseSize ?? whole)
        pageCount = max(pagesInFile, log.pages(after: pagesInFile).last ?? 0)
    }

    deinit { close(descriptor) }

    /// Returns the bytes of a page, counted from 1. Bytes beyond the end of the file are zero.
    ///
    /// - Returns: `nil` if the page cannot be read.
    func page(_ number: Int) -> [UInt8]? {
        guard number >= 1, number <= pageCount else { return nil }
        if let page = log.page(number) { return page }
        return Self.read(descriptor, at: off_t(number - 1) * off_t(pageSize), count: pageSize)
    }

    /// The numbers of the pages that exist in the file or the log, in order.
    var storedPages: some Sequence<Int> {
        [AnySequence(1..<(pagesInFile + 1)), AnySequence(log.pages(after: pagesInFile))].joined()
    }

    /// Returns `count` bytes of a file, with zeros behind its end; `nil` if there is none at the offset, or on a read
    /// error.
    static func read(_ descriptor: Int32, at offset: off_t, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { pread(descriptor, $0 + done, count - done, offset + off_t(done)) } ?? 0
            }
            if got < 0, errno == EINTR { continue }
            if got < 0 { return nil }
            if got == 0 { break }
            done += got
        }
        return done == 0 ? nil : bytes
    }

    /// Returns the page size that a sample of the file suggests: the smallest one whose share of plausible pages is at
    /// least 70 % of the best share. A larger size always scores well too, since each of its page boundaries is also
    /// one of the smaller size.
    private static func likelyPageSize(_ descriptor: Int32, _ size: Int) -> Int {
        let standard = 4096
        let shares = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536].map { candidate in
            (size: candidate, share: shareOfPages(descriptor, size, candidate))
        }
        let best = shares.map(\.share).max() ?? 0
        return best == 0 ? standard : shares.first { $0.share >= best * 0.7 }?.size ?? standard
    }

    private static func shareOfPages(_ descriptor: Int32, _ size: Int, _ pageSize: Int) -> Double {
        let mostLookedAt = 64
        let count = size / pageSize
        // The step is odd, since an even one would look only at every second page of half the size.
        let step = max(1, count / mostLookedAt) | 1
        var (looked, fitting) = (0, 0)
        for page in stride(from: 1, to: count, by: step) {
            looked += 1
            let bytes = read(descriptor, at: off_t(page) * off_t(pageSize), count: pageSize)
            if let bytes, TreePage(bytes, number: page + 1, usable: pageSize) != nil { fitting += 1 }
        }
        return looked == 0 ? 0 : Double(fitting) / Double(looked)
    }
}

/// The first hundred bytes of a database file.
private struct FixedHeader {
    let pageSize: Int
    let reserved: Int
    let header: DamagedFile.Header

    private static let magic = Array("SQLite format 3\0".utf8)

    /// Reads the header of a database.
    ///
    /// - Returns: `nil` if bytes that are the same in every database have other values, or a size is not allowed.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 100, bytes.starts(with: Self.magic), bytes[21] == 64, bytes[22] == 32, bytes[23] == 32
        else { return nil }
        let size = bytes.integer(at: 16, width: 2)
        pageSize = size == 1 ? 65536 : size
        guard pageSize >= 512, pageSize <= 65536, pageSize & (pageSize - 1) == 0 else { return nil }
        reserved = Int(bytes[20])
        guard pageSize - reserved >= 480 else { return nil }
        header = DamagedFile.Header(
            applicationID: Int64(bytes.integer(at: 68, width: 4)),
            userVersion: Int64(bytes.integer(at: 60, width: 4))
        )
    }
}

extension [UInt8] {
    /// Returns the unsigned big-endian integer of `width` bytes at an offset. The bytes must exist.
    func integer(at offset: Int, width: Int) -> Int {
        var value = 0
        for byte in self[offset..<(offset + width)] { value = value << 8 | Int(byte) }
        return value
    }
}
