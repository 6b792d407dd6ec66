extension CSVReader {
    /// The reason why a field ended.
    private enum FieldEnd {
        case delimiter
        case record
        /// The field has not ended.
        case none
    }

    /// Reads one field and the delimiter or line end after it. Returns true after a delimiter.
    @inline(__always)
    func readField(
        _ scan: inout CSVScan,
        into field: UnsafeMutablePointer<CSVRecord.Field>
    ) throws(CSVScan.Stop) -> Bool {
        scan.beginField()
        if usesQuotes, try reaches(&scan, 1) {
            let first = scan.base[scan.at]
            if first == UInt8(ascii: "\"") { return try readQuoted(&scan, into: field) }
            if isLenient, first == UInt8(ascii: "="), try reaches(&scan, 2),
                scan.base[scan.at + 1] == UInt8(ascii: "\"")
            {
                scan.at += 1
                return try readQuoted(&scan, into: field)
            }
            if isLenient, first == UInt8(ascii: " "), try passBlanks(&scan) {
                return try readQuoted(&scan, into: field)
            }
        }
        return try readPlain(&scan, into: field)
    }

    /// Skips blanks typed between a delimiter and a quote: `"Ana", "Paz"`.
    ///
    /// - Returns: `false`, with nothing consumed, if the blanks do not precede a quote.
    private func passBlanks(_ scan: inout CSVScan) throws(CSVScan.Stop) -> Bool {
        var count = 1
        while try reaches(&scan, count + 1), scan.base[scan.at + count] == UInt8(ascii: " ") { count += 1 }
        guard try reaches(&scan, count + 1), scan.base[scan.at + count] == UInt8(ascii: "\"") else { return false }
        scan.at += count
        return true
    }

    @inline(__always)
    private func readPlain(
        _ scan: inout CSVScan,
        into field: UnsafeMutablePointer<CSVRecord.Field>
    ) throws(CSVScan.Stop) -> Bool {
        while true {
            skipText(&scan, classes.plain)
            let byteClass = try reaches(&scan, 1) ? classes.plain[Int(scan.base[scan.at])] : .lineFeed
            switch byteClass {
            case .text: break
            case .delimiter, .lineFeed, .carriageReturn:
                field.pointee = scan.endField()
                switch try passFieldEnd(&scan) {
                case .delimiter: return true
                case .record: return false
                case .none: passWrong(.bareCarriageReturn, &scan)
                }
            case .quote where takesBareQuotes: scan.at += 1
            case .quote: passWrong(.bareQuote, &scan)
            case .backslash: try passEscape(&scan)
            case .nul: passWrong(.nulByte, &scan)
            case .nonASCII: try passSequence(&scan)
            }
        }
    }

    private func readQuoted(
        _ scan: inout CSVScan,
        into field: UnsafeMutablePointer<CSVRecord.Field>
    ) throws(CSVScan.Stop) -> Bool {
        scan.at += 1
        scan.beginValue()
        while true {
            skipText(&scan, classes.quoted)
            guard try reaches(&scan, 1) else { throw .unterminatedQuote(at: scan.fieldPosition) }
            switch classes.quoted[Int(scan.base[scan.at])] {
            case .quote:
                guard try reaches(&scan, 2), scan.base[scan.at + 1] == UInt8(ascii: "\"") else {
                    field.pointee = scan.endField()
                    scan.at += 1
                    return try passClosedField(&scan, into: field)
                }
                scan.drop(scan.at + 1)
                scan.at += 2
            case .lineFeed: scan.passLineEnd()
            case .nul: passWrong(.nulByte, &scan)
            case .nonASCII: try passSequence(&scan)
            case .text, .delimiter, .carriageReturn, .backslash: break
            }
        }
    }

    /// Skips the end of a field behind its closing quote. Returns true after a delimiter.
    private func passClosedField(
        _ scan: inout CSVScan,
        into field: UnsafeMutablePointer<CSVRecord.Field>
    ) throws(CSVScan.Stop) -> Bool {
        switch try passFieldEnd(&scan) {
        case .delimiter: return true
        case .record: return false
        case .none:
            scan.note(.textAfterQuote)
            return try readPlain(&scan, into: field)
        }
    }

    @inline(__always)
    private func passFieldEnd(_ scan: inout CSVScan) throws(CSVScan.Stop) -> FieldEnd {
        guard try reaches(&scan, 1) else {
            scan.endRecord()
            return .record
        }
        switch classes.plain[Int(scan.base[scan.at])] {
        case .delimiter:
            scan.at += 1
            return .delimiter
        case .lineFeed:
            scan.endRecord()
            scan.passLineEnd()
            return .record
        case .carriageReturn:
            if try isDoubled(&scan) { scan.at += 1 }
            let isPair = try reaches(&scan, 2) && scan.base[scan.at + 1] == UInt8(ascii: "\n")
            guard isPair || endsInCarriageReturns else { return .none }
            scan.endRecord()
            if isPair { scan.at += 1 }
            scan.passLineEnd()
            return .record
        default:
            return .none
        }
    }

    /// Returns whether a carriage return is the first of two before a line feed. They appear if CR LF is written to a
    /// file whose library turns each LF into CR LF, as the C library does on Windows.
    private func isDoubled(_ scan: inout CSVScan) throws(CSVScan.Stop) -> Bool {
        guard isLenient, try reaches(&scan, 3) else { return false }
        return scan.base[scan.at + 1] == UInt8(ascii: "\r") && scan.base[scan.at + 2] == UInt8(ascii: "\n")
    }

    /// Advances to the next byte that is not plain text, or to the end of the window.
    @inline(__always)
    private func skipText(_ scan: inout CSVScan, _ classes: UnsafePointer<CSVByteClasses.Class>) {
        let base = scan.base
        let limit = scan.limit
        var at = scan.at
        while at < limit && classes[Int(base[at])] == .text { at &+= 1 }
        scan.at = at
    }

    private func passWrong(_ problem: CSVScan.Problem, _ scan: inout CSVScan) {
        scan.note(problem)
        scan.at += 1
    }

    private func passSequence(_ scan: inout CSVScan) throws(CSVScan.Stop) {
        _ = try reaches(&scan, UTF8Sequence.maximumLength)
        let length = UTF8Sequence.length(at: scan.base + scan.at, available: scan.limit - scan.at)
        guard length > 0 else { return passWrong(.invalidUTF8(scan.base[scan.at]), &scan) }
        scan.at += length
    }

    /// Skips a backslash and the letter after it, and stores the byte that they stand for in the value.
    private func passEscape(_ scan: inout CSVScan) throws(CSVScan.Stop) {
        guard try reaches(&scan, 2) else { return passWrong(.unknownEscape, &scan) }
        let letter = scan.base + scan.at + 1
        switch letter.pointee {
        case UInt8(ascii: "t"): letter.pointee = UInt8(ascii: "\t")
        case UInt8(ascii: "n"): letter.pointee = UInt8(ascii: "\n")
        case UInt8(ascii: "r"): letter.pointee = UInt8(ascii: "\r")
        case UInt8(ascii: "\\"): break
        default: return passWrong(.unknownEscape, &scan)
        }
        scan.drop(scan.at)
        scan.at += 2
    }
}
