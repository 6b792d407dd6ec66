/// A condition on records, which ``FilterParser`` reads and ``FilterCompiler`` translates to SQL.
public indirect enum Filter: Sendable, Hashable {
    /// All of the filters hold.
    case all([Filter])
    /// At least one of the filters holds.
    case any([Filter])
    /// The filter does not hold.
    case not(Filter)
    /// A field passes a test. If the path leads through several records, one of them must pass.
    case field(Path, Test)
    /// There is a related record that passes the filter.
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
        /// Equal; for text, case and accents are ignored.
        case equal = "="
        /// Not equal; a missing value is not equal to any.
        case notEqual = "!="
        /// Less, or before.
        case less = "<"
        /// Less or equal, or not after.
        case lessOrEqual = "<="
        /// Greater, or after.
        case greater = ">"
        /// Greater or equal, or not before.
        case greaterOrEqual = ">="
        /// Contains the text.
        case contains = "~"
    }

    /// A test of a field.
    public enum Test: Sendable, Hashable {
        /// Compares with one value.
        case compare(Comparison, Operand)
        /// Equals one of several values.
        case isIn([Operand])
        /// Equals none of several values; a missing value passes.
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

        /// The test that this one negates, for tests that a missing value passes; `nil` for other tests.
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

extension Filter {
    /// The words that are commonly written for a missing value and are hardly values, folded.
    static let nothing: Set<String> = ["null", "nulo", "nula", "nil", "vacio", "vacia", "empty", "blank"]
}
