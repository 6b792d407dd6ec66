/// The meaning of each byte of a delimited text in one dialect.
final class CSVByteClasses {
    enum Class: UInt8 {
        case text
        case delimiter
        case lineFeed
        case carriageReturn
        case quote
        case backslash
        case nul
        /// A byte of a character of several bytes.
        case nonASCII
    }

    /// The class of each byte outside quotes.
    let plain: UnsafeMutablePointer<Class>
    /// The class of each byte between quotes.
    let quoted: UnsafeMutablePointer<Class>

    init(_ dialect: CSVDialect) {
        plain = .allocate(capacity: 256)
        quoted = .allocate(capacity: 256)
        for classes in [plain, quoted] {
            classes.initialize(repeating: .text, count: 128)
            (classes + 128).initialize(repeating: .nonASCII, count: 128)
            classes[0] = .nul
            classes[Int(UInt8(ascii: "\n"))] = .lineFeed
        }
        plain[Int(UInt8(ascii: "\r"))] = .carriageReturn
        plain[Int(dialect.delimiter.rawValue)] = .delimiter
        switch dialect.quoting {
        case .doubleQuotes:
            plain[Int(UInt8(ascii: "\""))] = .quote
            quoted[Int(UInt8(ascii: "\""))] = .quote
        case .backslashes:
            plain[Int(UInt8(ascii: "\\"))] = .backslash
        }
    }

    deinit {
        plain.deallocate()
        quoted.deallocate()
    }
}
