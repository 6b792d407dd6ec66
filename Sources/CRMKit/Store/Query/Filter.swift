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

    /// The value that a field is compared with, as written. The field's type determines how to read it.
    public struct Operand: Sendable, Hashable {
        /// The text, without its quotes.
        public let text: String
        /// The position where it begins in the filter, counted in characters from 1; 0 for a filter not made from text.
        public let column: Int
        /// The operand as a path, when it has the form of a path and no quotes.
        public let path: Path?

        /// Creates an operand.
        ///
        /// - Parameter path: the text as a path, when it may be one.
        public init(_ text: String, column: Int = 0, path: Path? = nil) {
            self.text = text
            self.column = column
            self.path = path
        }
    }

    /// A comparison operator.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        /// Equal; for text, ignoring case and accents.
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
        /// Contained in the text.
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

        /// Whether the test has operands.
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
