/// Input that a reader pulls in chunks, from a file descriptor or from memory.
///
/// It has a window: the bytes already read from the input but not yet consumed. `fill()` extends the window and may
/// move it; `consume(_:)` removes its beginning. The memory used depends only on the longest record that a reader holds
/// in the window.
///
/// The window is UTF-8: input in another encoding is decoded as it is read. Bytes that the encoding does not define
/// appear in the window as bytes that are not well-formed UTF-8, so that readers reject them and report their position.
/// Offsets and columns count the bytes of the window.
public final class ByteSource {
    /// U+FEFF in UTF-8 (RFC 3629 section 6).
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private var input: ByteInput
    /// The size and modification time of the file when it was opened.
    private let stamp: ByteInput.Stamp?
    private let claim: EncodingClaim?
    private let chunkSize: Int
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var start = 0
    private var end = 0
    /// The number of bytes consumed since the beginning of the input.
    private(set) var offset = 0
    /// The digest of all consumed bytes; nil for none.
    private var digest: InputDigest?

    private var hasBegun = false
    /// The form of the input if it is not text.
    private(set) var binary: BinaryForm?
    /// The examination of the encoding, until the bytes that decide it have been read.
    private var evidence: EncodingEvidence?
    /// The bytes that contradict the declared encoding, reported after the bytes before them.
    private var contradicted: EncodingContradiction?
    /// The number of bytes at the window's end that the evidence has not examined.
    private var unseen = 0
    /// The decoder between the input and the window, once the input is known not to be UTF-8.
    private var decoding: StreamDecoder?
    /// The encoding of the input, known once the first bytes have been read: that of the byte order mark, otherwise the
    /// declared one, otherwise UTF-8. It is UTF-8 also as long as an input for which another encoding is assumed
    /// contains only ASCII.
    public private(set) var encoding: TextEncoding
    /// The encoding guessed from the resulting words, for bytes that are not UTF-8 and whose encoding is only assumed.
    /// The guess may be wrong. `nil` if nothing was guessed.
    public private(set) var guessed: TextEncoding?
    /// The encoding that the words suggest instead, for text declared as windows-1252 or ISO-8859-1, in which every
    /// byte is valid; `nil` if there is no doubt.
    public private(set) var doubted: TextEncoding?
    private var utf8: LinesInUTF8?
    /// The lines read so far that are UTF-8, though the user has told a single-byte encoding, as the text is in that
    /// elsewhere: where the first one shows it, and their number; `nil` if there are none.
    public var linesInUTF8: (first: TextPosition, count: Int)? {
        utf8.flatMap { lines in lines.first.map { ($0, lines.count) } }
    }
    /// The likely encoding of bytes that are not UTF-8 within a UTF-8 text, judged by the bytes in the window.
    public private(set) lazy var likelyEncoding = EncodingGuess(
        UnsafeBufferPointer(start: buffer, count: end)
    ).encoding
    /// True when the input begins with a byte order mark; false before its first bytes have been read.
    public private(set) var hasByteOrderMark = false

    /// Creates a source that reads an input, `chunkSize` bytes at a time; `claim` as in
    /// ``init(descriptor:encoding:chunkSize:)``.
    init(_ input: ByteInput, _ claim: EncodingClaim?, _ chunkSize: Int) {
        self.input = input
        stamp = input.stamp
        self.claim = claim
        encoding = claim.map { $0.strength == .assumed ? .utf8 : $0.encoding } ?? .utf8
        self.chunkSize = chunkSize
        capacity = chunkSize
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
        input.close()
    }

    /// Sets a closure that is called with the descriptor before every read and waits until there are bytes, since a
    /// pipe may be silent for long. If it returns false, the reading ends with ``ReadError/cancelled``. It is not
    /// called for bytes in memory.
    public func wait(by isReady: @escaping (Int32) -> Bool) { input.wait(by: isReady) }

    /// Returns the first byte that is not white space, without consuming it; nil if there is none.
    public func firstByte() throws(ReadError) -> UInt8? {
        var seen = 0
        while true {
            while seen < available {
                if !JSONParser.isWhitespace(window[seen]) { return window[seen] }
                seen += 1
            }
            guard try fill() else { return nil }
        }
    }

    /// Adds all bytes that readers consume from now on, in UTF-8, to a digest.
    public func feed(_ digest: InputDigest?) { self.digest = digest }

    /// The share of a file that has been read so far, 0 to 1, at most one chunk ahead of what has been consumed; nil if
    /// the input is not a file, or is empty.
    public var share: Double? { input.share }

    /// Whether a file was written to since it was opened, so that the bytes read may come from two versions.
    public var hasChanged: Bool { stamp != input.stamp }

    /// Whether the input is typed at a terminal while it is read.
    var isTyped: Bool { input.isTerminal }

    /// The first byte of the window; valid until the next `fill()`.
    var window: UnsafeMutablePointer<UInt8> { buffer + start }

    /// The number of bytes in the window.
    var available: Int { end - start }

    /// Removes the first `length` bytes from the window. Their memory stays valid until the next `fill()`.
    func consume(_ length: Int) {
        digest?.update(UnsafeRawBufferPointer(start: window, count: length))
        start += length
        offset += length
    }

    /// Appends the bytes of the next read to the window. Returns false at the end of the input.
    func fill() throws(ReadError) -> Bool {
        if !hasBegun {
            hasBegun = true
            try begin()
            if available > 0 { return true }
        }
        if let contradicted { throw .contradicted(contradicted) }
        if let decoding { return try decode(by: decoding) }
        guard try fillAsIs() else { return false }
        guard evidence != nil else { return true }
        let length = available
        try weigh()
        if available == 0, length > 0 { return try fill() }
        return true
    }

    private func decode(by decoding: StreamDecoder) throws(ReadError) -> Bool {
        makeRoom(for: decoding.largestOutput)
        let length = try decoding.read(&input, into: buffer + end)
        end += length
        return length > 0
    }

    /// Fills until the window has `length` bytes. Returns false if the input ends before.
    func ensure(_ length: Int) throws(ReadError) -> Bool {
        while available < length {
            guard try fill() else { return false }
        }
        return true
    }

    /// Fills until the window has `length` bytes or a line end, which every reader waits for anyway. It stops without
    /// an error at the end of the input and at bytes that contradict the declared encoding.
    func look(ahead length: Int) throws(ReadError) {
        while available < length {
            if UnsafeBufferPointer(start: window, count: available).contains(UInt8(ascii: "\n")) { return }
            guard try lookFurther() else { return }
        }
    }

    /// Appends the bytes of the next read to the window. Returns false at the end of the input and at bytes that
    /// contradict the declared encoding.
    func lookFurther() throws(ReadError) -> Bool { contradicted == nil ? try fill() : false }

    /// Consumes a byte order mark if the window begins with one.
    func skipByteOrderMark() throws(ReadError) {
        let length = ByteSource.byteOrderMark.count
        guard try ensure(length) else { return }
        let beginning = UnsafeBufferPointer(start: window, count: length)
        if beginning.elementsEqual(ByteSource.byteOrderMark) { consume(length) }
    }

    /// Continues in an encoding that the text itself declares, if only ASCII has been consumed so far. A byte order
    /// mark, UTF-16 and the caller's encoding take precedence over it, and so do lines that are certainly UTF-8, since
    /// many programs declare what they do not write.
    func declare(_ encoding: TextEncoding) {
        guard claim == nil, decoding == nil, !hasByteOrderMark, encoding.isOfBytes else { return }
        self.encoding = encoding
        // The name of ISO-8859-1 stands for windows-1252 too (WHATWG Encoding Standard, section 4.2).
        let other = TextDecoder(encoding: encoding == .latin1 ? .windows1252 : encoding)
        decode(by: MixedTextDecoder(other: other, rule: .sure), from: 0)
    }

    /// Reads the first bytes of the input and decides its encoding as far as they tell it.
    private func begin() throws(ReadError) {
        while available < 4 {
            guard try fillAsIs() else { break }
        }
        let beginning = UnsafeBufferPointer(start: window, count: available)
        binary = BinaryForm(beginning: beginning)
        if binary != nil { return }
        func isMarked(_ encoding: TextEncoding) -> Bool {
            encoding.byteOrderMark.map { beginning.starts(with: $0) } ?? false
        }
        // A mark takes precedence over an encoding that is not the user's (WHATWG Encoding Standard, section 6).
        if let marked = [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian].first(where: isMarked) {
            hasByteOrderMark = true
            if let mark = marked.byteOrderMark, let claim, claim.isDenied(by: marked) {
                throw .contradicted(contradiction(claim.encoding, found: marked, at: .start, 0, mark.count))
            }
            if marked == .utf8, let claim, claim.strength != .certain, claim.encoding.isOfBytes {
                return try doubtMark(claim)
            }
            return settle(marked, decodingFrom: 0)
        }
        let utf16 = TextEncoding.utf16(beginning: beginning)
        guard let claim, claim.strength != .assumed || utf16 == nil else {
            return settle(utf16 ?? .utf8, decodingFrom: 0)
        }
        switch (claim.strength, claim.encoding) {
        case (.certain, .utf16): settle(.utf16LittleEndian, decodingFrom: 0)
        case (.certain, let encoding): settle(encoding, decodingFrom: 0)
        case (_, let encoding) where encoding.isUTF16: try settleUTF16(encoding, utf16)
        case (_, .utf8): settle(.utf8, decodingFrom: 0)
        default:
            evidence = EncodingEvidence(claim: claim)
            unseen = available
            try weigh()
        }
    }

    /// Ignores a UTF-8 mark and lets the text behind it decide, since programs put a mark before whatever they copy.
    private func doubtMark(_ claim: EncodingClaim) throws(ReadError) {
        encoding = .utf8
        consume(Self.byteOrderMark.count)
        evidence = EncodingEvidence(claim: claim)
        unseen = available
        try weigh()
    }

    /// Decides between UTF-16 and a contradiction: UTF-16 text has zero bytes, since every line end is an ASCII
    /// character.
    private func settleUTF16(_ told: TextEncoding, _ seen: TextEncoding?) throws(ReadError) {
        while available < Self.enoughForZeros, try fillAsIs() {}
        // Only so many bytes are examined, even if more were read.
        let beginning = UnsafeBufferPointer(start: window, count: min(available, Self.enoughForZeros))
        if !beginning.isEmpty, !beginning.contains(0) {
            let isUTF8 = EncodingEvidence.isUTF8(beginning, isLast: false)
            throw .contradicted(contradiction(told, found: isUTF8 ? .utf8 : nil, at: .start, 0, 2))
        }
        if let seen, told != .utf16, seen != told {
            throw .contradicted(contradiction(told, found: seen, at: .start, 0, 2))
        }
        settle(told == .utf16 ? seen ?? .utf16LittleEndian : told, decodingFrom: 0)
    }

    /// The number of first bytes among which UTF-16 text has a zero.
    private static let enoughForZeros = 4096

    /// Examines the bytes read last for the encoding.
    private func weigh() throws(ReadError) {
        guard var evidence else { return }
        defer { if self.evidence != nil { self.evidence = evidence } }
        let seen = available - unseen
        guard let found = evidence.pass(UnsafeBufferPointer(start: window + seen, count: unseen)) else {
            unseen = 0
            return
        }
        var isLast = false
        while !isLast, available - seen - found < EncodingEvidence.lookAhead { isLast = try !fillAsIs() }
        let rest = UnsafeBufferPointer(start: window + seen + found, count: available - seen - found)
        let isUTF8 = EncodingEvidence.isUTF8(rest, isLast: isLast)
        // The text behind a mark bears it out, or shows that it says nothing.
        if !isUTF8 { hasByteOrderMark = false }
        if hasByteOrderMark { self.evidence = nil }
        if let found = contradiction(of: evidence, by: rest, isUTF8: isUTF8, from: seen + found) {
            contradicted = found
            end -= rest.count
            return
        }
        if hasByteOrderMark { return }
        self.evidence = nil
        guard evidence.claim.strength == .assumed else {
            doubt(evidence.claim.encoding, from: seen + found)
            return settleTold(evidence.claim.encoding, at: evidence.position, from: seen + found)
        }
        settleAssumed(evidence.claim.encoding, rest, isUTF8: isUTF8, from: seen + found)
    }

    /// Returns the contradiction between the encoding that a user told and the bytes.
    ///
    /// - Parameters:
    ///   - rest: the bytes from the first one that is not ASCII on.
    ///   - start: the position of those bytes in the window.
    private func contradiction(
        of evidence: EncodingEvidence,
        by rest: UnsafeBufferPointer<UInt8>,
        isUTF8: Bool,
        from start: Int
    ) -> EncodingContradiction? {
        let told = evidence.claim.encoding
        guard evidence.claim.strength == .told else { return nil }
        if isUTF8, hasByteOrderMark {
            // The mark is the first byte that shows it.
            return EncodingContradiction(told: told, found: .utf8, bytes: Self.byteOrderMark, position: .start)
        }
        if isUTF8 {
            let length = UTF8Sequence.expectedLength(after: rest[0])
            return contradiction(told, found: .utf8, at: evidence.position, start, length)
        }
        guard told == .latin1, let control = rest.firstIndex(where: UpperHalf.controls.contains) else { return nil }
        let place = evidence.position.advanced(over: window + start, control)
        return contradiction(told, found: .windows1252, at: place, start + control, 1)
    }

    /// Decodes the rest in the encoding that the letters show, where a preset only assumed one.
    private func settleAssumed(
        _ assumed: TextEncoding,
        _ rest: UnsafeBufferPointer<UInt8>,
        isUTF8: Bool,
        from start: Int
    ) {
        let isMostlyUTF8 = UTF8Evidence(rest).isMostlyUTF8
        let guess = EncodingGuess(UnsafeBufferPointer(start: window, count: available), from: start)
        let other = guess.encoding == .windows1252 ? assumed : guess.encoding
        if guess.isDoubtful, !isUTF8 || !isMostlyUTF8 { guessed = other }
        encoding = isMostlyUTF8 ? .utf8 : other
        decode(
            by: MixedTextDecoder(other: TextDecoder(encoding: other), rule: isMostlyUTF8 ? .preferred : .likely),
            from: start
        )
    }

    /// Checks whether the letters read so far suggest another encoding than the declared one.
    private func doubt(_ told: TextEncoding, from start: Int) {
        guard [.windows1252, .latin1].contains(told) else { return }
        let guess = EncodingGuess(UnsafeBufferPointer(start: window, count: available), from: start)
        if guess.encoding != .windows1252 { doubted = guess.encoding }
    }

    /// Decodes the rest in the declared encoding, except lines that are certainly UTF-8.
    ///
    /// - Parameter position: where the first byte of the rest is in the input.
    private func settleTold(_ told: TextEncoding, at position: TextPosition, from start: Int) {
        encoding = told
        let lines = LinesInUTF8(from: position)
        utf8 = lines
        let decoder = MixedTextDecoder(other: TextDecoder(encoding: told), rule: .sure, lines: lines)
        decode(by: decoder, from: start)
    }

    private func contradiction(
        _ told: TextEncoding,
        found: TextEncoding?,
        at position: TextPosition,
        _ start: Int,
        _ length: Int
    ) -> EncodingContradiction {
        let bytes = UnsafeBufferPointer(start: window + start, count: min(length, available - start))
        return EncodingContradiction(told: told, found: found, bytes: Array(bytes), position: position)
    }

    /// Decodes the window from a byte on, and all further input.
    private func settle(_ encoding: TextEncoding, decodingFrom start: Int) {
        self.encoding = encoding
        guard encoding != .utf8 else { return }
        decode(by: TextDecoder(encoding: encoding), from: start)
    }

    private func decode(by decoder: any PieceDecoder, from start: Int) {
        let rest = UnsafeBufferPointer(start: window + start, count: available - start)
        decoding = StreamDecoder(decoder, beginning: rest, chunkSize: chunkSize)
        end -= rest.count
    }

    private func fillAsIs() throws(ReadError) -> Bool {
        makeRoom(for: 1)
        let length = try input.read(into: buffer + end, min(chunkSize, capacity - end))
        end += length
        if evidence != nil { unseen += length }
        return length > 0
    }

    private func makeRoom(for needed: Int) {
        if start > 0 {
            buffer.update(from: buffer + start, count: available)
            end -= start
            start = 0
        }
        guard capacity - end < needed else { return }
        let larger = max(capacity * 2, end + needed)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        grown.update(from: buffer, count: end)
        buffer.deallocate()
        buffer = grown
        capacity = larger
    }
}
