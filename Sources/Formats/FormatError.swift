/// A place in an input, by line and byte.
public protocol InputPosition: CustomStringConvertible, Sendable {
    /// The line, from 1.
    var line: Int { get }
    /// The byte within the line, from 1.
    var column: Int { get }
}

/// An error in an input, with the place where it is.
public protocol FormatError: Error, CustomStringConvertible {
    /// The form of positions in the format.
    associatedtype Position: InputPosition
    /// The position of the error; nil when the input could not be read.
    var position: Position? { get }
    /// What is wrong, in English.
    var reason: String { get }
    /// The error that the input could not be read.
    static func unreadable(_ error: ReadError) -> Self
}

extension FormatError {
    /// The error in English, for logs.
    public var description: String { position.map { "\($0): \(reason)" } ?? reason }
}
