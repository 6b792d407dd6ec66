/// An error in a template, or in the values for it.
public struct TemplateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of faults.
    public enum Reason: Equatable, Sendable {
        /// `{{` without `}}` on the same line.
        case unclosedTag
        /// A tag that names nothing.
        case emptyTag
        /// A section with this name has no end.
        case unclosedSection(String)
        /// The end of a section that is not the one open.
        case strayEnd(String)
        /// More sections within each other than are followed.
        case tooDeep
        /// A value of this name where no value is safe: in a script, a style, a comment, the name of an element or an
        /// attribute, or an attribute without quotes.
        case unsafePlace(String)
        /// A name for which there is no value.
        case unknownName(String)
        /// A value of this name that is missing, with no `|otherwise`.
        case missingValue(String)
        /// A value of this name that is no address to follow safely.
        case unsafeAddress(String)
        /// A section of several rows that stands where one value is meant.
        case severalRows(String)
    }

    /// The kind of error.
    public let reason: Reason
    /// The line of the template, from 1.
    public let line: Int

    /// The error in English, for logs.
    public var description: String { "line \(line): \(reason)" }
}
