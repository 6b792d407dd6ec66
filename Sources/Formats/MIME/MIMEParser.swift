/// Parses a message that arrives in pieces, in little memory whatever its size. Any input is accepted: faulty parts are
/// read as far as possible, and contents beyond a limit are skipped.
///
/// Parts are nested up to ``mostDepth`` levels; a deeper one is read as bytes. A multipart without a boundary parameter
/// takes its first delimiter line for the boundary. If no part ever begins, its text becomes a part.
public struct MIMEParser {
    /// The maximum depth of nested parts.
    public static let mostDepth = 64
    /// The maximum number of parts.
    public static let mostParts = 10_000

    /// The handler to which parts are passed.
    private let handler: any MIMEHandler
    private var frames: [MIMEFrame] = []
    private var mode = MIMEMode.header
    private var header = MailHeader.empty
    private var count = 0
    private var decoder = TransferDecoder("")
    private var output: [UInt8] = []
    /// The beginning of a line whose end has not arrived.
    private var line: [UInt8] = []
    /// Whether the present line continues one that was too long to be stored whole.
    private var isWithinLine = false
    /// The line end before the next line of the body. If that is a delimiter, the line end belongs to it.
    private var lineEnd: [UInt8] = []
    /// The embedded message whose bytes are passed on unchanged, and the line end due before its next line.
    private var embedded: EmbeddedBytes?
    /// The text before the first part, which is the only content if no part follows.
    private var preamble: [UInt8] = []
    /// Whether a delimiter is being processed.
    private var isAtDelimiter = false
    private let unquotesFrom: Bool
    private var lineEnds = LineEndForm()
    /// Whether a carriage return alone ended the last line, behind which no mbox has a line of its own.
    private var isBehindReturn = false
    /// The lines of the present header that are no fields of it, unless more fields follow.
    private var doubt = HeaderDoubt()
    /// Whether the embedded message has the lines being processed already.
    private var isRepeating = false
    /// Whether no line of the message has arrived yet.
    private var isAtStart = true
    /// Whether a limit was exceeded: too deep or too many parts, or a header too long.
    public private(set) var isCut = false
    /// Whether parts were skipped because there are too many, or are one with those in them because they are too deep.
    public private(set) var lacksParts = false

    private static let longestLine = 1000
    private static let outputSize = 32 << 10
    private static let longestPreamble = 256 << 10

    /// Creates a parser for a message.
    ///
    /// - Parameters:
    ///   - handler: receives the parts.
    ///   - unquotesFrom: whether the message is from an mbox, in which lines that begin with `>From ` have an added
    ///     mark, which is removed.
    public init(_ handler: any MIMEHandler, unquotesFrom: Bool = false) {
        self.handler = handler
        self.unquotesFrom = unquotesFrom
    }

    /// Processes the next piece of the message.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        try bytes.withMemoryRebound(to: UInt8.self) { bytes in
            if lineEnds.areReturns(in: bytes) {
                let joined = line + bytes
                line.removeAll(keepingCapacity: true)
                return try joined.withUnsafeBufferPointer { try appendReturned($0) }
            }
            var start = 0
            while start < bytes.count {
                let rest = UnsafeBufferPointer(rebasing: bytes[start...])
                guard let end = rest.firstLineFeed else { return try keep(rest) }
                let whole = UnsafeBufferPointer(rebasing: rest[..<end])
                if line.isEmpty {
                    try endLine(whole)
                } else {
                    line.append(contentsOf: whole)
                    let joined = line
                    line.removeAll(keepingCapacity: true)
                    try joined.withUnsafeBufferPointer { try endLine($0) }
                }
                start += end + 1
            }
        }
    }

    /// Processes a piece of a message whose lines end with carriage returns.
    private mutating func appendReturned(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var start = 0
        while start < bytes.count {
            let rest = bytes[start...]
            // A line feed may follow in the next piece.
            guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }),
                bytes[end] == 0x0A || end + 1 < bytes.count
            else { return try keep(UnsafeBufferPointer(rebasing: rest)) }
            let next = bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? end + 2 : end + 1
            try take(UnsafeBufferPointer(rebasing: bytes[start..<end]), end: Array(bytes[end..<next]))
            isWithinLine = false
            isBehindReturn = bytes[next - 1] == 0x0D
            start = next
        }
    }

    /// Ends the message.
    public mutating func finish() throws {
        if !line.isEmpty {
            let isEnded = lineEnds.form == .returns && line.last == 0x0D
            let rest = isEnded ? Array(line.dropLast()) : line
            line = []
            try rest.withUnsafeBufferPointer { try take($0, end: isEnded ? [0x0D] : []) }
        }
        try endHeader()
        try endLeaf()
        try close(to: 0)
    }

    // MARK: - Lines

    /// Stores the beginning of a line, or processes it if it is too long to be stored.
    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        line.append(contentsOf: bytes)
        guard line.count > Self.longestLine else { return }
        // Carriage returns may be part of the line end.
        let returns = line.reversed().prefix { $0 == 0x0D }.count
        let piece = Array(line.dropLast(returns))
        line.removeSubrange(..<piece.count)
        try piece.withUnsafeBufferPointer { try take($0, end: []) }
        isWithinLine = true
    }

    private mutating func endLine(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        let hasReturn = bytes.last == 0x0D
        let content = hasReturn ? UnsafeBufferPointer(rebasing: bytes.dropLast()) : bytes
        try take(content, end: hasReturn ? [0x0D, 0x0A] : [0x0A])
        isWithinLine = false
    }

    /// Processes a line or a piece of one.
    ///
    /// - Parameter end: the line end; empty if the line continues, or the message ends.
    private mutating func take(_ line: UnsafeBufferPointer<UInt8>, end: [UInt8]) throws {
        let bytes = unmarked(line)
        if !isWithinLine, bytes.count >= 2, bytes[0] == UInt8(ascii: "-"), bytes[1] == UInt8(ascii: "-"),
            try takeDelimiter(bytes)
        {
            return
        }
        var content = bytes
        if unquotesFrom, !isWithinLine, !isBehindReturn, bytes.isQuotedFrom {
            content = UnsafeBufferPointer(rebasing: bytes[1...])
        }
        try takeEmbedded(content, end)
        try takeContent(content, end)
    }

    private mutating func takeContent(_ bytes: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) throws {
        switch mode {
        case .header: try takeHeader(bytes, end)
        case .leaf: try takeBody(bytes, end)
        case .between: keepPreamble(bytes, end)
        }
    }

    /// Returns a line without the byte order mark that some programs write before the message.
    private mutating func unmarked(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard isAtStart else { return line }
        isAtStart = false
        let mark = ByteSource.byteOrderMark
        return line.starts(with: mark) ? UnsafeBufferPointer(rebasing: line[mark.count...]) : line
    }

    private mutating func takeHeader(_ bytes: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) throws {
        if isWithinLine, doubt.isEmpty { return header.append(bytes) }
        if doubt.isEmpty {
            if bytes.isEmpty, header.count > 0 || !frames.areOfMessage { return try beginPart() }
            if let first = bytes.first, first == 0x20 || first == 0x09, header.count > 0 { return header.append(bytes) }
            if let colon = MailHeader.colon(in: bytes) { return header.begin(bytes, colon: colon) }
            // The line with which an mbox or a delivery agent begins a message is not part of its header.
            if count == 0, header.count == 0, bytes.starts(with: "From ".utf8) || bytes.starts(with: ">From ".utf8) {
                return
            }
        }
        switch doubt.take(bytes, end, isWithinLine: isWithinLine, behind: header, ofMessage: frames.areOfMessage) {
        case .open: return
        case .header(let fields): header = fields
        case .body: try beginBody()
        }
    }

    /// Ends the header with the lines of which it was in doubt whether they are of it: they begin the body, and the
    /// empty line before it is missing.
    private mutating func beginBody() throws {
        let (wasWithinLine, wasRepeating) = (isWithinLine, isRepeating)
        isRepeating = embedded != nil
        defer { (isWithinLine, isRepeating) = (wasWithinLine, wasRepeating) }
        let lines = doubt.removeAll()
        try beginPart()
        for (index, line) in lines.enumerated() where index > 0 || !line.bytes.isEmpty {
            isWithinLine = line.isWithinLine
            try line.bytes.withUnsafeBufferPointer { bytes in
                if !line.isWithinLine, bytes.starts(with: "--".utf8), try takeDelimiter(bytes) { return }
                try takeEmbedded(bytes, line.end)
                try takeContent(bytes, line.end)
            }
        }
    }

    /// Ends the header, if one is being read.
    private mutating func endHeader() throws {
        // The lines may be in doubt again, in the header of a message within the message.
        while case .header = mode, !doubt.isEmpty { try beginBody() }
        if case .header = mode { try beginPart() }
    }

    private mutating func takeBody(_ bytes: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) throws {
        if !lineEnd.isEmpty { decoder.decodeLineEnd(lineEnd, into: &output) }
        decoder.decode(bytes, into: &output)
        lineEnd = end
        if output.count >= Self.outputSize { try flush() }
    }

    private mutating func flush() throws {
        guard case .leaf(let part) = mode, !output.isEmpty else { return }
        try output.withUnsafeBytes { try handler.body($0, of: part.index) }
        output.removeAll(keepingCapacity: true)
    }

    private mutating func endLeaf() throws {
        guard case .leaf(let part) = mode else { return }
        // The line end before a delimiter belongs to the delimiter, that at the end of the message to the message.
        if frames.isEmpty || !isAtDelimiter, !lineEnd.isEmpty { decoder.decodeLineEnd(lineEnd, into: &output) }
        decoder.finish(into: &output)
        try flush()
        lineEnd = []
        mode = .between
        try handler.end(part)
    }

    // MARK: - Parts

    /// Creates the part whose header is complete.
    private mutating func beginPart() throws {
        let head = header
        header = .empty
        isCut = isCut || head.isCut
        let contentType = HeaderParameters(head.value("content-type") ?? [])
        var mediaType = contentType.value
        if mediaType.split(separator: "/", omittingEmptySubsequences: false).count != 2 || mediaType.hasSuffix("/") {
            mediaType = frames.areOfDigest ? "message/rfc822" : "text/plain"
        }
        let encoding = head.text("content-transfer-encoding")?.lowercased() ?? ""
        let name = encoding.drop { $0 == "\"" }.prefix { !$0.isWhitespace && !";(\"".contains($0) }
        decoder = TransferDecoder(String(name))
        let isDeep = frames.count >= Self.mostDepth
        if isDeep, mediaType.hasPrefix("multipart/") || mediaType == "message/rfc822" {
            (isCut, lacksParts) = (true, true)
        }
        var kind = MIMEPart.Kind.leaf
        if !isDeep, mediaType.hasPrefix("multipart/") { kind = .multipart }
        if !isDeep, mediaType == "message/rfc822" || mediaType == "message/global", decoder.isIdentity {
            kind = .message
        }
        let part = MIMEPart(
            index: count,
            parent: frames.last?.part.index,
            depth: frames.count,
            header: head,
            contentType: contentType,
            mediaType: mediaType,
            kind: kind,
            isEmbedded: embedded != nil
        )
        guard count < Self.mostParts else {
            (isCut, lacksParts) = (true, true)
            mode = .between
            return
        }
        count += 1
        try handler.begin(part)
        try enter(part, boundary: contentType["boundary"])
    }

    private mutating func enter(_ part: MIMEPart, boundary: String?) throws {
        switch part.kind {
        case .leaf: mode = .leaf(part)
        case .message:
            frames.append(.message(part))
            if embedded == nil { embedded = EmbeddedBytes(part: part, level: frames.count) }
            mode = .header
        case .multipart:
            let bytes = boundary.map { Array($0.utf8) } ?? []
            frames.append(.multipart(part, boundary: bytes.isEmpty ? nil : bytes, hasParts: false))
            preamble.removeAll(keepingCapacity: true)
            mode = .between
        }
        lineEnd = []
    }

    /// Ends the open parts from a level on.
    private mutating func close(to level: Int) throws {
        while frames.count > level, let frame = frames.popLast() {
            if case .multipart(let part, _, hasParts: false) = frame { try tellPreamble(of: part) }
            if let open = embedded, open.level > frames.count {
                try open.tell(handler)
                embedded = nil
            }
            try handler.end(frame.part)
        }
    }

    /// Passes on the text of a multipart without parts as a plain-text part.
    private mutating func tellPreamble(of parent: MIMEPart) throws {
        guard !preamble.allSatisfy(\.isBlank), count < Self.mostParts else { return }
        let part = MIMEPart(
            index: count,
            parent: parent.index,
            depth: parent.depth + 1,
            header: .empty,
            contentType: HeaderParameters([]),
            mediaType: "text/plain",
            kind: .leaf
        )
        count += 1
        try handler.begin(part)
        try preamble.withUnsafeBytes { try handler.body($0, of: part.index) }
        preamble = []
        try handler.end(part)
    }

    private mutating func keepPreamble(_ bytes: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) {
        guard case .multipart(_, _, hasParts: false)? = frames.last,
            preamble.count + bytes.count <= Self.longestPreamble
        else { return }
        preamble.append(contentsOf: bytes)
        preamble += end
    }

    // MARK: - Delimiters

    /// Processes a line as a delimiter of the innermost multipart that it fits (RFC 2046 section 5.1). Returns whether
    /// it is one.
    private mutating func takeDelimiter(_ bytes: UnsafeBufferPointer<UInt8>) throws -> Bool {
        let text = bytes[2...].trimmingTrailingBlanks
        for level in frames.indices.reversed() {
            guard case .multipart(let part, let known, let hasParts) = frames[level] else { continue }
            guard let boundary = known else {
                guard level == frames.count - 1, !hasParts, (1...200).contains(text.count) else { continue }
                frames[level] = .multipart(part, boundary: Array(text), hasParts: false)
                try beginNext(level, isLast: false)
                return true
            }
            if text.elementsEqual(boundary) {
                try beginNext(level, isLast: false)
                return true
            }
            // A boundary without quotation marks ends at a blank; some programs use only what comes before it.
            if !hasParts, let blank = boundary.firstIndex(of: 0x20), text.elementsEqual(boundary[..<blank]) {
                frames[level] = .multipart(part, boundary: Array(text), hasParts: false)
                try beginNext(level, isLast: false)
                return true
            }
            if text.count == boundary.count + 2, text.starts(with: boundary), text.suffix(2).elementsEqual("--".utf8) {
                try beginNext(level, isLast: true)
                return true
            }
        }
        return false
    }

    /// Ends the open parts of a multipart, and begins its next part.
    private mutating func beginNext(_ level: Int, isLast: Bool) throws {
        try endHeader()
        isAtDelimiter = true
        defer { isAtDelimiter = false }
        try endLeaf()
        try close(to: level + 1)
        guard case .multipart(let part, let boundary, let hadParts) = frames[level] else { return }
        frames[level] = .multipart(part, boundary: boundary, hasParts: hadParts || !isLast)
        if embedded != nil {
            // The delimiter is within an embedded message and part of its bytes.
            let closing = isLast ? Array("--".utf8) : []
            let line = Array("--".utf8) + (boundary ?? []) + closing
            try line.withUnsafeBufferPointer { try takeEmbedded($0, [0x0A]) }
        }
        mode = isLast ? .between : .header
        lineEnd = []
    }

    // MARK: - Messages within the message

    private mutating func takeEmbedded(_ bytes: UnsafeBufferPointer<UInt8>, _ end: [UInt8]) throws {
        guard !isRepeating, embedded?.take(bytes, end) ?? 0 >= Self.outputSize else { return }
        try embedded?.tell(handler)
        embedded?.bytes.removeAll(keepingCapacity: true)
    }
}
