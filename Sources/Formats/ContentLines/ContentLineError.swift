/// What is wrong with a content line, and where.
struct ContentLineError: Error, Equatable {
    /// What is wrong.
    enum Reason: Equatable {
        /// No colon, or something other than a name at the position.
        case malformedProperty
        /// A parameter without a name, or with a quote in the middle of a value.
        case malformedParameter
        /// The quote at the position is never closed.
        case unterminatedQuote
        /// The value is in a character set that is not known.
        case unknownCharset(String)
        /// A NUL byte.
        case nulByte
        /// A byte that is not part of well-formed UTF-8.
        case invalidUTF8
    }

    let reason: Reason
    /// The line of the input, from 1.
    let line: Int
    /// The byte within the line, from 1.
    let column: Int
}
