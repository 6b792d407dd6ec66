/// An error in a calendar file.
public enum ICalendarError: FormatError, Equatable {
    /// A position in a calendar file.
    public struct Position: InputPosition, Equatable {
        /// The component, from 1.
        public let component: Int
        /// The line of the input, from 1.
        public let line: Int
        /// The byte within the line, from 1.
        public let column: Int

        /// Creates a position from its three numbers.
        public init(component: Int, line: Int, column: Int) {
            self.component = component
            self.line = line
            self.column = column
        }

        /// `component N (line L, column C)`.
        public var description: String { "component \(component) (line \(line), column \(column))" }
    }

    /// The input could not be read. Ends the reading.
    case unreadable(ReadError)
    /// The line at the position is longer than the limit, in bytes. Ends the reading.
    case lineTooLong(limit: Int, at: Position)
    /// The component that begins at the position is longer than the limit, in bytes.
    case componentTooLong(limit: Int, at: Position)
    /// The component at the position is nested too deeply.
    case tooDeep(at: Position)
    /// Text outside any calendar, before the component of the position.
    case textOutsideCalendar(at: Position)
    /// A component with this name, which begins at the position, has no end.
    case missingEnd(of: String, at: Position)
    /// The END of this name at the position does not match an open component.
    case strangeEnd(of: String, at: Position)
    /// The line at the position is malformed.
    case malformed(ContentLineFault, at: Position)

    /// The position of the error; nil when the input could not be read.
    public var position: Position? {
        switch self {
        case .unreadable: nil
        case .lineTooLong(_, let position), .componentTooLong(_, let position), .tooDeep(let position),
            .textOutsideCalendar(let position), .missingEnd(_, let position), .strangeEnd(_, let position),
            .malformed(_, let position):
            position
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .lineTooLong(let limit, _): "line longer than \(limit) bytes"
        case .componentTooLong(let limit, _): "component longer than \(limit) bytes"
        case .tooDeep: "component in too many others"
        case .textOutsideCalendar: "text outside a calendar"
        case .missingEnd(let name, _): "\(name) never ended"
        case .strangeEnd(let name, _): "end of \(name), which has not begun"
        case .malformed(let fault, _): fault.description
        }
    }
}
