import Glibc

/// An open file of the process, identified by its number.
public struct FileDescriptor: Sendable, Equatable {
    /// The number of the file descriptor.
    public let rawValue: Int32

    /// Refers to an open file, which is not closed with this value.
    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// Standard input: 0.
    public static let standardInput = FileDescriptor(rawValue: STDIN_FILENO)
    /// Standard output, for results: 1.
    public static let standardOutput = FileDescriptor(rawValue: STDOUT_FILENO)
    /// Standard error, for hints, questions, progress and errors: 2.
    public static let standardError = FileDescriptor(rawValue: STDERR_FILENO)

    /// Waits until something can be read, or it is known that nothing can.
    public func waitForBytes() {
        var wanted = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
        while poll(&wanted, 1, -1) < 0, errno == EINTR {}
    }

    /// Writes all bytes, in as many calls as needed.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        let outcome = bytes.withUnsafeBytes { bytes in Result { () throws(SystemError) in try write(bytes) } }
        try outcome.get()
    }

    /// Writes all bytes, in as many calls as needed.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(rawValue, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw SystemError(code: errno)
            }
        }
    }

    /// Reads at most `capacity` bytes in one call. The result is empty at the end of the input.
    public func read(upTo capacity: Int) throws(SystemError) -> [UInt8] {
        while true {
            var code: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let result = Glibc.read(rawValue, buffer.baseAddress, capacity)
                code = result < 0 ? errno : 0
                count = max(result, 0)
            }
            if code == 0 { return bytes }
            if code != EINTR { throw SystemError(code: code) }
        }
    }

    /// Reads the rest of the input.
    ///
    /// - Parameter limit: reading stops as soon as more bytes than this were read; the result is then incomplete.
    public func readToEnd(stoppingAfter limit: Int = .max) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let piece = try read(upTo: 1 << 16)
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}

// MARK: - Terminals

extension FileDescriptor {
    /// Whether it is a terminal.
    public var isTerminal: Bool {
        isatty(rawValue) == 1
    }

    /// Returns whether it is a terminal that can move its cursor and show attributes: `TERM` is not `dumb`.
    public func isCapableTerminal(in environment: Environment) -> Bool {
        isTerminal && environment["TERM"] != "dumb"
    }

    /// Returns the width of a line, in cells: `COLUMNS` if it is a positive number (POSIX.1, chapter 8.3), otherwise
    /// the width that the terminal reports, otherwise 80.
    public func lineWidth(in environment: Environment) -> Int {
        if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
            return columns
        }
        return columns ?? 80
    }

    /// Returns the width of a line, in cells, on a terminal that may have been resized since the program began: the
    /// width that the terminal reports, otherwise the result of ``lineWidth(in:)``.
    func lineWidth(orOf environment: Environment) -> Int {
        columns ?? lineWidth(in: environment)
    }

    /// The number of lines of the screen; `nil` if the terminal does not report it.
    var lineCount: Int? { size.flatMap { $0.ws_row > 0 ? Int($0.ws_row) : nil } }

    /// The width of a line, in cells; `nil` if the terminal does not report it.
    private var columns: Int? { size.flatMap { $0.ws_col > 0 ? Int($0.ws_col) : nil } }

    private var size: winsize? {
        var size = winsize()
        return ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
    }
}

/// A system call that failed.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The value of `errno`.
    public let code: Int32

    /// Creates an error from a value of `errno`.
    public init(code: Int32) {
        self.code = code
    }

    /// The message of the C library for the error, in English.
    public var description: String {
        String(cString: strerror(code))
    }
}
