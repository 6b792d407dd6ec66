import Glibc

/// The reason why bytes could not be read.
public enum ReadError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `open(2)`, `read(2)` or `poll(2)` failed with this `errno`.
    case failed(errno: Int32)
    /// The closure given to ``ByteSource/wait(by:)`` stopped the reading.
    case cancelled
    /// The bytes are not in the declared encoding.
    case contradicted(EncodingContradiction)

    /// The failure in English, for logs.
    public var description: String {
        switch self {
        case .failed(let number): "cannot read: \(String(cString: strerror(number)))"
        case .cancelled: "cannot read: \(String(cString: strerror(ECANCELED)))"
        case .contradicted(let contradiction): "\(contradiction.position): not \(contradiction.told)"
        }
    }
}

/// The origin of a source's bytes.
enum ByteInput {
    /// An open file. `isReady` waits for bytes before each read; false ends the reading.
    case descriptor(Int32, closes: Bool, isReady: ((Int32) -> Bool)?)
    /// An open file whose bytes are recorded as they are read.
    case record(InputRecord, isReady: ((Int32) -> Bool)?)
    case memory([UInt8], next: Int)
    /// The lines of another source, without the quotes around whole lines.
    case unquoted(UnquotedLines)

    /// Opens a file for reading.
    static func file(_ path: String) throws(ReadError) -> ByteInput {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .failed(errno: errno) }
        return .descriptor(descriptor, closes: true, isReady: nil)
    }

    /// Sets the closure that is called before every read of a descriptor.
    mutating func wait(by isReady: @escaping (Int32) -> Bool) {
        switch self {
        case .descriptor(let descriptor, let closes, _):
            self = .descriptor(descriptor, closes: closes, isReady: isReady)
        case .record(let record, _): self = .record(record, isReady: isReady)
        case .memory, .unquoted: return
        }
    }

    /// Reads up to `room` bytes and returns their number; 0 at the end.
    mutating func read(into target: UnsafeMutablePointer<UInt8>, _ room: Int) throws(ReadError) -> Int {
        switch self {
        case .descriptor(let descriptor, _, let isReady):
            if let isReady, !isReady(descriptor) { throw .cancelled }
            return try ByteInput.read(descriptor, into: target, room)
        case .record(let record, let isReady):
            let replayed = record.replay(into: target, room)
            if replayed > 0 { return replayed }
            if let isReady, !isReady(record.descriptor) { throw .cancelled }
            let length = try ByteInput.read(record.descriptor, into: target, room)
            record.keep(UnsafeBufferPointer(start: target, count: length))
            return length
        case .memory(let bytes, let next):
            let length = min(room, bytes.count - next)
            bytes.withUnsafeBufferPointer { bytes in
                guard let first = bytes.baseAddress else { return }
                target.update(from: first + next, count: length)
            }
            self = .memory(bytes, next: next + length)
            return length
        case .unquoted(let lines): return try lines.read(into: target, room)
        }
    }

    /// The descriptor of an open file.
    private var descriptor: Int32? {
        switch self {
        case .descriptor(let descriptor, _, _): descriptor
        case .record(let record, _): record.descriptor
        case .memory, .unquoted: nil
        }
    }

    /// Whether the input is a terminal.
    var isTerminal: Bool { descriptor.map { isatty($0) == 1 } ?? false }

    /// The share of a file that has been read, 0 to 1; nil if the input is not a file.
    var share: Double? {
        guard let descriptor, let size = Self.fileSize(descriptor), size > 0 else { return nil }
        return Double(lseek(descriptor, 0, SEEK_CUR)) / Double(size)
    }

    /// The size and modification time of a file, to notice whether it is written while it is read.
    struct Stamp: Equatable {
        let size: Int
        let seconds: Int
        let nanoseconds: Int
    }

    /// The size and modification time of the file; `nil` when the input is not a regular file.
    var stamp: Stamp? {
        guard let descriptor else { return nil }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Stamp(size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    /// Returns the size of a file in bytes; `nil` when the descriptor is not of a regular file.
    private static func fileSize(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Closes the descriptor if this input owns it.
    func close() {
        if case .descriptor(let descriptor, closes: true, _) = self { Glibc.close(descriptor) }
    }

    private static func read(
        _ descriptor: Int32,
        into target: UnsafeMutablePointer<UInt8>,
        _ room: Int
    ) throws(ReadError) -> Int {
        while true {
            let length = SystemCall.repeated { Glibc.read(descriptor, target, room) }
            if length >= 0 { return length }
            guard errno == EAGAIN, SystemCall.wait(for: POLLIN, on: descriptor) else { throw .failed(errno: errno) }
        }
    }
}
