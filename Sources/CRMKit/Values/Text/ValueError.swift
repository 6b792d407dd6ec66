import Localization

/// The reason why a text cannot be the value of a field.
public struct ValueError: Error, Sendable, Hashable {
    /// The reason: what is wrong and what is expected instead, without the field's name.
    public let reason: Text
    /// What a table can declare about itself to remove the ambiguity of the text; `nil` for nothing.
    private(set) var remedyInTables: Text?
    /// The reason as it is told to a user who gives each field by an option; `nil` if that is the same.
    private(set) var reasonInOptions: Text?

    /// Creates an error with a reason.
    public init(_ reason: Text) {
        self.reason = reason
    }

    /// The reason, with what a table can declare about itself.
    var reasonInTables: Text {
        guard let remedy = remedyInTables else { return reason }
        return Text(en: "\(reason.en), or \(remedy.en)", es: "\(reason.es), o \(remedy.es)")
    }

    /// Returns the error with what a table can declare about itself.
    func remedied(en: String, es: String) -> ValueError {
        var error = self
        error.remedyInTables = Text(en: en, es: es)
        return error
    }

    /// Returns the error with another reason for a user who gives each field by an option.
    func toldInOptions(_ error: ValueError) -> ValueError {
        var copy = self
        copy.reasonInOptions = error.reason
        return copy
    }

    /// The error with a decimal comma in the numbers of its words, as a table has them that is written so.
    var withDecimalCommas: ValueError {
        var error = ValueError(reason.withDecimalCommas)
        error.remedyInTables = remedyInTables
        error.reasonInOptions = reasonInOptions
        return error
    }

    /// Returns the error with further words after the reason.
    func followed(en: String, es: String) -> ValueError {
        var error = ValueError(en: "\(reason.en); \(en)", es: "\(reason.es); \(es)")
        error.remedyInTables = remedyInTables
        return error
    }

    /// Creates an error with a reason in both languages.
    init(en: String, es: String) {
        reason = Text(en: en, es: es)
    }
}

extension Text {
    fileprivate var withDecimalCommas: Text { Text(en: en.withDecimalCommas, es: es.withDecimalCommas) }
}

extension String {
    /// The text with a comma in place of the point in each number that has no other mark.
    fileprivate var withDecimalCommas: String {
        var bytes = Array(utf8)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex { !$0.isDigit && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ",") }
            let number = start..<(end ?? bytes.count)
            let marks = number.filter { !bytes[$0].isDigit }
            if marks.count == 1, case let mark = marks[0], mark > start, mark + 1 < number.upperBound,
                bytes[mark] == UInt8(ascii: ".")
            {
                bytes[mark] = UInt8(ascii: ",")
            }
            start = max(number.upperBound, start + 1)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
