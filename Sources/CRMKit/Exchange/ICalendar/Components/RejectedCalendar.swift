import Formats

/// A row of a calendar that an import refused, as in a file of rejected rows.
public enum RejectedCalendar {
    /// Returns a calendar with the reason among its own properties, which imports ignore.
    ///
    /// - Parameter raw: the lines of a calendar. If they are empty because there was none, so is the result.
    public static func bytes(_ raw: [UInt8], reason text: String) -> [UInt8] {
        let begin = Array("BEGIN:VCALENDAR\r\n".utf8)
        guard raw.starts(with: begin) else { return [] }
        let line = "X-ERROR:\(ContentProperty("X-ERROR", text: text).rawValue)\r\n"
        return begin + Array(line.utf8) + raw.dropFirst(begin.count)
    }
}
