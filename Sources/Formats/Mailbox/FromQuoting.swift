/// Marks lines of a message that begin with `From ` so that an mbox file can hold it, and takes the marks away: a `>` before
/// `From ` and before any number of marks, as mboxrd has it, so that nothing is lost
/// (https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml).
public struct FromQuoting: Sendable {
    private let adds: Bool
    /// The bytes so far of a line that may have to be quoted.
    private var beginning: [UInt8] = []
    private var isAtStart = true
    private static let word = Array("From ".utf8)
    private static let mark = UInt8(ascii: ">")
    /// Nobody quotes deeper.
    private static let most = 1000

    /// - Parameter adds: whether marks are added, else taken away.
    public init(adding adds: Bool) { self.adds = adds }

    /// Goes on with the message.
    public mutating func append(_ bytes: UnsafeRawBufferPointer, to sink: ByteSink) throws {
        var start = 0
        var index = 0
        while index < bytes.count {
            guard isAtStart else {
                // The rest of the line, in one.
                let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
                index = end ?? bytes.count
                isAtStart = end != nil
                continue
            }
            if beginning.isEmpty {
                try sink.append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                start = index
            }
            beginning.append(bytes[index])
            index += 1
            start = index
            let marks = beginning.prefix { $0 == Self.mark }.count
            let rest = beginning[marks...]
            if rest.count == Self.word.count, rest.elementsEqual(Self.word) {
                if adds { try sink.append(Self.mark) }
                try sink.append(Array(adds || marks == 0 ? beginning[...] : beginning.dropFirst()))
            } else if Self.word.starts(with: rest), marks < Self.most {
                continue
            } else {
                try sink.append(beginning)
            }
            isAtStart = beginning.last == UInt8(ascii: "\n")
            beginning = []
        }
        try sink.append(UnsafeRawBufferPointer(rebasing: bytes[start..<bytes.count]))
    }

    /// Ends the message.
    public mutating func finish(to sink: ByteSink) throws {
        try sink.append(beginning)
        beginning = []
    }
}
