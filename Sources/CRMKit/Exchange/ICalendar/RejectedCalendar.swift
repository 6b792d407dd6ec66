import Formats

/// A row of a calendar that an import refused, as a file of rejected rows has it.
public enum RejectedCalendar {
    /// A calendar with the reason among its own properties, which no import reads.
    ///
    /// - Parameter raw: the lines of a calendar; empty for what was none, and then so is the result.
    public static func bytes(_ raw: [UInt8], reason text: String) -> [UInt8] {
        let begin = Array("BEGIN:VCALENDAR\r\n".utf8)
        guard raw.starts(with: begin) else { return [] }
        let line = "X-ERROR:\(ContentProperty("X-ERROR", text: text).rawValue)\r\n"
        return begin + Array(line.utf8) + raw.dropFirst(begin.count)
    }
}
