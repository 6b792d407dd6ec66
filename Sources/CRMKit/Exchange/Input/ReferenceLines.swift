import Formats
import Localization

/// A list of references to records, one a line.
///
/// What other programs put around references is passed over where it cannot be one: the heading that a list of one
/// column begins with, and quotation marks around a line.
public struct ReferenceLines {
    private var lines: LinesReader
    private var isAtStart = true
    /// Whether an error left the rest of the input unread.
    public var stoppedEarly: Bool { lines.stoppedEarly }

    /// The headings of the columns whose values stand alone as references.
    private static let headings: Set = ["id", "email"]

    /// Creates a reader of references.
    public init(_ source: ByteSource) { lines = LinesReader(source) }

    /// Checks that an input can be a list of references, where no option says of what format it is.
    ///
    /// - Throws: ``CRMError`` `rejected` for JSON and other formats, `inputOutput` if the input cannot be read.
    public static func check(_ source: ByteSource) throws {
        switch try source.inputForm() {
        case .jsonArray, .jsonObject:
            throw CRMError(
                .rejected,
                Text(
                    en: "the input is JSON, and references are read one a line",
                    es: "la entrada es JSON, y las referencias se leen una por línea"
                ),
                hint: Reference.hintAtPipedList
            )
        default:
            do {
                try InputRows.check(source, is: .id)
            } catch let problem as RowProblem {
                throw CRMError(.rejected, problem.reason)
            }
        }
    }

    /// Returns the next reference and its line; `nil` after the last.
    ///
    /// - Throws: the error of a line; the next call continues with the line after it unless ``stoppedEarly`` is true.
    public mutating func next() throws(LineError) -> (text: String, line: Int)? {
        while let line = try lines.next() {
            let text = Self.unquoted(line.string)
            let isHeading = isAtStart && Self.headings.contains(text.trimmed.lowercased())
            isAtStart = false
            if !isHeading { return (text, line.number) }
        }
        return nil
    }

    /// Returns a line without the quotation marks that JSON and CSV put around it; other lines unchanged.
    private static func unquoted(_ line: String) -> String {
        let text = line.trimmed
        guard text.count > 2, text.first == "\"", text.last == "\"" else { return line }
        let inner = text.dropFirst().dropLast()
        return inner.contains("\"") ? line : String(inner)
    }
}
