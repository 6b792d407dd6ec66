/// Which records are wanted: what ``FilterParser`` reads and ``FilterCompiler`` makes SQL of.
public indirect enum Filter: Sendable, Hashable {
    /// All of the filters match.
    case all([Filter])
    /// At least one of the filters holds.
    case any([Filter])
    /// The filter does not hold.
    case not(Filter)
    /// A field passes a test. Where the path leads through several records, one of them must pass.
    case field(Path, Test)
    /// There is a related record, and one and the same passes the filter.
    case has(Path, Filter?)

    /// What a field is compared with, as it was written. What it means is told by the field's type.
    public struct Operand: Sendable, Hashable {
        /// The text, without its quotes.
        public let text: String
        /// Where it began in the filter, counted in characters from 1; 0 where there was no text.
        public let column: Int
        /// The same as a path, where it could be one: it has the form and no quotes.
        public let path: Path?

        /// Takes the text of a value.
        ///
        /// - Parameter path: the same as a path, where it may be one.
        public init(_ text: String, column: Int = 0, path: Path? = nil) {
            self.text = text
            self.column = column
            self.path = path
        }
    }

    /// How a value is compared.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        /// The same, text without regard to case and accents.
        case equal = "="
        /// Not the same; no value is not the same as any.
        case notEqual = "!="
        /// Before it.
        case less = "<"
        /// Before it or the same.
        case lessOrEqual = "<="
        /// After it.
        case greater = ">"
        /// After it or the same.
        case greaterOrEqual = ">="
        /// It is a part of the text.
        case contains = "~"
    }

    /// A test of a field.
    public enum Test: Sendable, Hashable {
        /// Compares with one value.
        case compare(Comparison, Operand)
        /// Equals one of several values.
        case isIn([Operand])
        /// Equals none of several; so does no value.
        case isNotIn([Operand])
        /// There is no value.
        case isEmpty
        /// There is a value.
        case isNotEmpty

        /// Whether it compares with something.
        var hasOperands: Bool {
            switch self {
            case .compare, .isIn, .isNotIn: true
            case .isEmpty, .isNotEmpty: false
            }
        }

        /// The test that this one negates, for the tests that pass when there is no value; else `nil`.
        var denied: Test? {
            switch self {
            case .compare(.notEqual, let operand): .compare(.equal, operand)
            case .isNotIn(let operands): .isIn(operands)
            case .isEmpty: .isNotEmpty
            case .compare, .isIn, .isNotEmpty: nil
            }
        }
    }
}
