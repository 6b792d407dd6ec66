import Glibc

/// Calls of the system that a signal may interrupt before they have done anything.
public enum SystemCall {
    /// Makes a call, and makes it again as often as a signal interrupts it.
    ///
    /// - Returns: what the call returns; after a failure it is negative, and `errno` says why.
    public static func repeated(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }

    /// Waits until a descriptor can be read from or written to: another process that shares the terminal or pipe may
    /// have made it non-blocking.
    ///
    /// - Returns: `false` after a failure, of which `errno` says why.
    static func wait(for event: Int32, on descriptor: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return repeated { Int(poll(&wanted, 1, -1)) } >= 0
    }

    /// Reads from a file until a buffer is full or the file ends.
    ///
    /// - Returns: the number of bytes read; `nil` after a failure, of which `errno` says why.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int? {
        var length = 0
        while length < buffer.count {
            let got = repeated { read(descriptor, buffer.baseAddress.map { $0 + length }, buffer.count - length) }
            if got < 0 { return nil }
            if got == 0 { break }
            length += got
        }
        return length
    }
}
