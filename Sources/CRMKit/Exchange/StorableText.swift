import Localization

/// The part of a text from a card or calendar that a field can hold.
enum StorableText {
    /// A context for the question whether a type can hold a text, which does not depend on day, currency or country.
    private static let context = Moment(secondsSinceEpoch: 0).map {
        ValueContext(clock: Clock(zone: .utc, at: $0), currency: "", country: nil)
    }

    /// Returns as much of a text as a type can hold: all of it, otherwise the text without control characters,
    /// otherwise the text joined into one line.
    ///
    /// - Parameter separator: the separator between joined lines.
    /// - Returns: `nil` for an empty text, and if the type cannot hold any of it.
    static func held(_ text: String, as type: FieldType, joiningLinesBy separator: String = " ") -> String? {
        if text.trimmed.isEmpty { return nil }
        if canHold(text, as: type) { return text }
        let plain = withoutControls(text)
        let line = lines(of: plain).joined(separator: separator)
        return [plain, line].first { !$0.trimmed.isEmpty && canHold($0, as: type) }
    }

    /// Returns a text of any number of lines without the control characters that no field can hold.
    static func plain(_ text: String) -> String {
        // Most texts have no control characters, which is quick to check.
        let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
            bytes.allSatisfy { byte in
                byte >= 0x20 && byte != 0x7F && byte != 0xC2 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
            }
        }
        return isPlain ?? false ? text : withoutControls(text)
    }

    private static func canHold(_ text: String, as type: FieldType) -> Bool {
        guard let context else { return false }
        do throws(ValueError) {
            return try !type.parse(text, in: context).isNull
        } catch {
            return false
        }
    }

    private static func withoutControls(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
                }
            )
        )
    }

    private static func lines(of text: String) -> [String] {
        text.unicodeScalars.split { "\n\u{2028}\u{2029}".unicodeScalars.contains($0) }
            .map { line in String(String.UnicodeScalarView(line.map { $0 == "\t" ? " " : $0 })).trimmed }
            .filter { !$0.isEmpty }
    }
}
