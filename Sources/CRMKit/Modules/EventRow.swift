/// The stored values of an event that determine its occurrences.
struct EventRow {
    let id: Int64
    let subject: String
    let kind: String
    let status: String?
    let location: String?
    let start: Int64
    let end: Int64?
    let isWholeDay: Bool
    let zone: String?
    let recurrence: String?
    var further: Value
    var excluded: Value
    let assignedTo: String?
    let reminders: Value

    /// The columns in the order in which they are read.
    static let columns = [
        "id", "subject", "kind", "status", "location", "starts_at", "ends_at", "all_day", "time_zone", "recurrence",
        "further_dates", "excluded_dates", "assigned_to", "reminders",
    ]

    /// Creates a row from the values of the columns.
    ///
    /// - Returns: `nil` for a row without a start.
    init?(_ values: [Value]) {
        guard let start = values[5].text.flatMap(Moment.seconds(stored:)) else { return nil }
        id = values[0].integer ?? 0
        subject = values[1].text ?? ""
        kind = values[2].text ?? ""
        status = values[3].text
        location = values[4].text
        self.start = start
        end = values[6].text.flatMap(Moment.seconds(stored:))
        isWholeDay = values[7] == .integer(1)
        zone = values[8].text
        recurrence = values[9].text
        further = values[10]
        excluded = values[11]
        assignedTo = values[12].text
        reminders = values[13]
    }

    /// Creates a row from a record.
    ///
    /// - Returns: `nil` for a record without a start.
    init?(_ record: Record) {
        self.init(Self.columns.map { $0 == "id" ? .integer(record.id) : record[$0] })
    }

    /// Whether the event recurs.
    var isSeries: Bool { recurrence != nil || !further.isNull }
}
