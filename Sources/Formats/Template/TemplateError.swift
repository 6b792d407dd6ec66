/// An error in a template, or in the values for it.
public struct TemplateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of errors.
    public enum Reason: Equatable, Sendable {
        /// `{{` without `}}` on the same line.
        case unclosedTag
        /// A tag without a name.
        case emptyTag
        /// A section with this name has no end.
        case unclosedSection(String)
        /// The end of a section that is not the one open.
        case strayEnd(String)
        /// Sections nested too deeply.
        case tooDeep
        /// A value of this name where no value is safe: in a script, a style, a comment, the name of an element or an
        /// attribute, an attribute without quotes, or the scheme of an address.
        case unsafePlace(String)
        /// A section of this name in HTML that ends in another place than it begins: it opens a tag that it does not
        /// close, or ends a value within quotes.
        case dividedPlace(String)
        /// A name without a value.
        case unknownName(String)
        /// The value of this name is empty, and there is no `|otherwise`.
        case missingValue(String)
        /// The value of this name is not a safe address.
        case unsafeAddress(String)
        /// Rows where a single value is needed.
        case severalRows(String)
    }

    /// The kind of error.
    public let reason: Reason
    /// The line of the template, from 1.
    public let line: Int

    /// The error in English, for logs.
    public var description: String { "line \(line): \(reason)" }
}
