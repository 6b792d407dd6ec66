/// Cells in which people have put several telephone numbers or e-mail addresses.
enum SeveralValues {
    /// The values between commas, semicolons, slashes, line breaks and `y`, where each is one by itself.
    ///
    /// - Returns: `nil` for a cell of one value, and for one in which something else stands too.
    static func split(_ text: String, of type: FieldType) -> [String]? {
        switch type {
        case .phone:
            guard text.utf8.count > 14, mayBeSeveral(text), (try? PhoneNumber(parsing: text)) == nil else { return nil }
            return parts(of: text) { part in
                part.utf8.count { $0.isDigit } >= 7 && (try? PhoneNumber(parsing: part)) != nil
            }
        case .email:
            guard text.utf8.count(where: { $0 == UInt8(ascii: "@") }) > 1 else { return nil }
            return parts(of: text) { (try? EmailAddress(parsing: $0)) != nil }
        default: return nil
        }
    }

    private static func mayBeSeveral(_ text: String) -> Bool {
        text.utf8.contains { separators.contains($0) || $0 | 0x20 == UInt8(ascii: "y") }
    }

    private static let separators = Array(",;/\n|".utf8)

    private static func parts(of text: String, isOne: (String) -> Bool) -> [String]? {
        let parts = text.split { character in
            character.utf8.allSatisfy { separators.contains($0) || $0 == UInt8(ascii: "\r") }
        }
        .flatMap { part in part.split(separator: " y ") }
        .map { String($0).trimmed }
        .filter { !$0.isEmpty }
        return parts.count > 1 && parts.allSatisfy(isOne) ? parts : nil
    }
}
