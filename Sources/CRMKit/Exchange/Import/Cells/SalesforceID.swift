import Formats

/// The keys of records in Salesforce: 15 letters and digits, and in most exports three more that check their capitals. The
/// first three tell the kind of the record: digits or, for kinds that users define, `a` and two more.
enum SalesforceID {
    static func isOne(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count == 15 || bytes.count == 18, let first = bytes.first else { return false }
        return (first.isDigit || first == UInt8(ascii: "a")) && bytes.allSatisfy(\.isLetterOrDigit)
            && bytes.contains(where: \.isDigit) && !bytes.allSatisfy(\.isDigit)
    }
}
