/// An editing action on a line, triggered by one key or by pasting.
enum Key: Equatable, Sendable {
    /// Inserts a scalar, which may combine with the character before it.
    case scalar(Unicode.Scalar)
    /// Inserts a text with its line ends (bracketed paste).
    case paste(String)
    /// Ends the line: Enter.
    case enter
    /// Ends the input if the line is empty, otherwise erases the character at the cursor: Ctrl-D.
    case endOfInput
    case left, right, wordLeft, wordRight, start, end
    /// Goes to the previous answer, or to the next one.
    case earlier, later
    case eraseLeft, eraseRight, eraseWordLeft, eraseWordRight, eraseToStart, eraseToEnd
    /// Inserts the last erased text: Ctrl-Y.
    case restore
    /// Clears the screen: Ctrl-L.
    case clear
}

/// Decodes keys from the bytes that a terminal sends: UTF-8, the control characters that shells use, and the sequences
/// of ECMA-48 in the variants of xterm, the Linux console, tmux and screen.
struct KeyDecoder {
    private enum State {
        case ground
        /// The bytes so far of an incomplete scalar, and their final number.
        case scalar([UInt8], count: Int)
        case escape
        /// ESC [ and the parameters so far.
        case control([UInt8])
        /// ESC O, which a keypad in its application mode sends.
        case shift
        /// The bytes pasted so far.
        case paste([UInt8])
    }

    private var state = State.ground

    /// The number of bytes of a paste that are stored: more than a line can hold.
    private static let longestPaste = LineReader.longestLine + 1
    private static let escape: UInt8 = 0x1B
    private static let endOfPaste = Array("\u{1B}[201~".utf8)
    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Whether the last byte was an escape, which may begin a sequence. If no byte follows at once, it was the key
    /// alone.
    var awaitsSequence: Bool {
        if case .escape = state { true } else { false }
    }

    /// Discards an escape that is not followed by a sequence.
    mutating func abandonSequence() { state = .ground }

    /// Processes the next byte.
    ///
    /// - Returns: the keys that the byte completes; U+FFFD for a byte that is not UTF-8.
    mutating func take(_ byte: UInt8) -> [Key] {
        switch state {
        case .ground: return begin(byte)
        case .scalar(let bytes, let count): return take(byte, after: bytes, of: count)
        case .escape: return takeEscaped(byte)
        case .shift:
            state = .ground
            return Self.cursorKey(byte).map { [$0] } ?? []
        case .control(let parameters):
            guard !(0x40...0x7E).contains(byte) else {
                state = .ground
                return endControl(byte, parameters)
            }
            // No terminal sends such a long sequence, so it is discarded.
            state = parameters.count < 32 ? .control(parameters + [byte]) : .ground
            return []
        case .paste(var bytes):
            // The state releases the bytes, so that appending does not copy them.
            state = .ground
            return takePasted(byte, &bytes)
        }
    }

    private mutating func begin(_ byte: UInt8) -> [Key] {
        switch byte {
        case Self.escape:
            state = .escape
            return []
        case 0..<0x20, 0x7F: return Self.controlKey(byte).map { [$0] } ?? []
        case 0x20..<0x7F: return [.scalar(Unicode.Scalar(byte))]
        case 0xC2...0xF4:
            state = .scalar([byte], count: byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4)
            return []
        default: return [.scalar(Self.replacement)]
        }
    }

    private mutating func take(_ byte: UInt8, after earlier: [UInt8], of count: Int) -> [Key] {
        guard (0x80..<0xC0).contains(byte) else {
            state = .ground
            return [.scalar(Self.replacement)] + begin(byte)
        }
        let bytes = earlier + [byte]
        guard bytes.count == count else {
            state = .scalar(bytes, count: count)
            return []
        }
        state = .ground
        let scalars = String(validating: bytes, as: UTF8.self)?.unicodeScalars
        return [.scalar(scalars?.first ?? Self.replacement)]
    }

    /// Returns the action of a control character on a line, as in shells (GNU readline and POSIX name the actions);
    /// `nil` for a character without one.
    private static func controlKey(_ byte: UInt8) -> Key? {
        switch byte {
        case 0x01: .start
        case 0x02: .left
        case 0x04: .endOfInput
        case 0x05: .end
        case 0x06: .right
        case 0x08, 0x7F: .eraseLeft
        case 0x0A, 0x0D: .enter
        case 0x0B: .eraseToEnd
        case 0x0C: .clear
        case 0x0E: .later
        case 0x10: .earlier
        case 0x15: .eraseToStart
        case 0x17: .eraseWordLeft
        case 0x19: .restore
        default: nil
        }
    }

    /// Processes the byte after an escape: the start of a sequence, or a key pressed with Alt.
    private mutating func takeEscaped(_ byte: UInt8) -> [Key] {
        state = .ground
        switch byte {
        case UInt8(ascii: "["): state = .control([])
        case UInt8(ascii: "O"): state = .shift
        case Self.escape: state = .escape
        case UInt8(ascii: "b"): return [.wordLeft]
        case UInt8(ascii: "f"): return [.wordRight]
        case UInt8(ascii: "d"): return [.eraseWordRight]
        case 0x08, 0x7F: return [.eraseWordLeft]
        default: break
        }
        return []
    }

    private mutating func endControl(_ byte: UInt8, _ parameters: [UInt8]) -> [Key] {
        let numbers = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        // The second number encodes Shift, Alt and Ctrl; any but Shift alone makes the step a word.
        let isByWord = numbers.count > 1 && numbers[1] > 2
        if byte == UInt8(ascii: "~") {
            switch numbers.first {
            case 1, 7: return [.start]
            case 3: return [isByWord ? .eraseWordRight : .eraseRight]
            case 4, 8: return [.end]
            case 200: state = .paste([])
            default: break
            }
            return []
        }
        switch Self.cursorKey(byte) {
        case .left where isByWord: return [.wordLeft]
        case .right where isByWord: return [.wordRight]
        case let key?: return [key]
        case nil: return []
        }
    }

    private static func cursorKey(_ byte: UInt8) -> Key? {
        switch byte {
        case UInt8(ascii: "A"): .earlier
        case UInt8(ascii: "B"): .later
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .start
        case UInt8(ascii: "M"): .enter
        default: nil
        }
    }

    private mutating func takePasted(_ byte: UInt8, _ bytes: inout [UInt8]) -> [Key] {
        bytes.append(byte)
        guard bytes.suffix(Self.endOfPaste.count).elementsEqual(Self.endOfPaste) else {
            // If a paste is too long for a line, only its last bytes are still needed, to find its end.
            if bytes.count > Self.longestPaste + Self.endOfPaste.count { bytes.remove(at: Self.longestPaste) }
            state = .paste(bytes)
            return []
        }
        bytes.removeLast(Self.endOfPaste.count)
        return [.paste(String(decoding: bytes, as: UTF8.self))]
    }
}
