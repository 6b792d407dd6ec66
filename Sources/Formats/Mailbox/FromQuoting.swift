/// Quotes lines of a message that begin with `From ` for an mbox file, or removes this quoting. As in mboxrd, a `>` is
/// added before `From ` even if it is already quoted, so that nothing is lost
/// (https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml).
public struct FromQuoting: Sendable {
    private let adds: Bool
    /// The bytes so far of a line that may have to be quoted.
    private var beginning: [UInt8] = []
    private var isAtStart = true
    private static let word = Array("From ".utf8)
    private static let mark = UInt8(ascii: ">")
    /// The greatest number of marks that is recognized; nobody quotes deeper.
    private static let most = 1000

    /// - Parameter adds: whether to add marks; otherwise they are removed.
    public init(adding adds: Bool) { self.adds = adds }

    /// Processes the next piece of the message.
    public mutating func append(_ bytes: UnsafeRawBufferPointer, to sink: ByteSink) throws {
        var start = 0
        var index = 0
        while index < bytes.count {
            guard isAtStart else {
                // The rest of the line is copied at once.
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
