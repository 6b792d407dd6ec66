/// The use of colours and other attributes on a stream (ECMA-48, SGR).
public struct Style: Sendable, Equatable {
    /// An attribute of text.
    public enum Attribute: UInt8, Sendable, CaseIterable {
        case bold = 1
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
        case magenta = 35
        case cyan = 36
    }

    /// Whether attributes are written.
    public let usesColor: Bool

    /// Creates a style that writes attributes, or omits them.
    public init(usesColor: Bool) {
        self.usesColor = usesColor
    }

    /// Decides for one stream, in this order: a `NO_COLOR` that is not empty means no colours (https://no-color.org); a
    /// `CLICOLOR_FORCE` that is neither empty nor `0` means colours (https://bixense.com/clicolors/); `TERM=dumb` means
    /// none; otherwise only a terminal gets colours.
    public init(isTerminal: Bool, environment: Environment) {
        if environment.nonEmpty("NO_COLOR") != nil {
            usesColor = false
        } else if let force = environment.nonEmpty("CLICOLOR_FORCE"), force != "0" {
            usesColor = true
        } else {
            usesColor = isTerminal && environment["TERM"] != "dumb"
        }
    }

    /// Returns the text with an attribute; the text alone without colours.
    public func apply(_ attribute: Attribute, to text: String) -> String {
        start(attribute) + text + end
    }

    /// Returns the escape sequence that switches an attribute on; empty without colours.
    func start(_ attribute: Attribute) -> String {
        usesColor ? "\u{1B}[\(attribute.rawValue)m" : ""
    }

    /// The escape sequence that switches all attributes off; empty without colours.
    var end: String {
        usesColor ? "\u{1B}[0m" : ""
    }
}
