/// The date format of header fields, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
public enum HTTPDate {
    /// Converts a date in HTTP headers to RFC 3339, `1994-11-06T08:49:37Z`.
    ///
    /// - Returns: nil for other text, including the obsolete forms.
    public static func instant(_ text: String) -> String? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
            let month = MailDate.months.firstIndex(of: words[2]), Int(words[1]) != nil, Int(words[3]) != nil,
            words[4].split(separator: ":").count == 3, words[4].utf8.count == 8
        else { return nil }
        return "\(words[3])-\((month + 1).digits(atLeast: 2))-\(words[1])T\(words[4])Z"
    }
}
