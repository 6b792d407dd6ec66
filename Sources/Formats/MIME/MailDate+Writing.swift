import Glibc

extension MailDate {
    /// Creates a moment.
    ///
    /// - Parameter seconds: the seconds since 1970-01-01T00:00:00Z.
    public init(seconds: Int64) { self.seconds = seconds }

    /// The moment in the form of header fields, in UTC (RFC 5322 section 3.3): `Thu, 26 Nov 2026 17:04:35 +0000`.
    public var headerText: String {
        let parts = parts
        return "\(Self.day(parts)), \(parts.tm_mday) \(Self.month(parts)) \(Self.year(parts)) \(Self.time(parts)) +0000"
    }

    /// The moment in the form of asctime(3) and of separator lines in an mbox, in UTC: `Thu Nov 26 17:04:35 2026`.
    public var separatorText: String {
        let parts = parts
        let number = parts.tm_mday < 10 ? " \(parts.tm_mday)" : "\(parts.tm_mday)"
        return "\(Self.day(parts)) \(Self.month(parts)) \(number) \(Self.time(parts)) \(Self.year(parts))"
    }

    private var parts: tm {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return parts
    }

    private static func year(_ parts: tm) -> String { "\(1900 + parts.tm_year)" }
    private static func month(_ parts: tm) -> String { months[Int(parts.tm_mon)] }
    private static func day(_ parts: tm) -> String { days[Int(parts.tm_wday)] }
    private static func time(_ parts: tm) -> String {
        [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0.digits(atLeast: 2) }.joined(separator: ":")
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    /// The month names of RFC 5322 and of formats based on it.
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// The month names in lower case, for comparison without regard to case.
    static let lowercasedMonths = months.map { $0.lowercased() }
}
