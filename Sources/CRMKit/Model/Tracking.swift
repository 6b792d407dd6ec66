import Localization

extension Part {
    /// The key of the tracked field's value during the period.
    static let periodValue = "value"
    /// The key of the moment at which a period began.
    static let periodStart = "entered_at"
    /// The key of the moment at which a period ended; null for the present one.
    static let periodEnd = "left_at"

    /// The name of the periods of a tracked field.
    static func periodsName(of field: Field) -> String { "\(field.key)_period" }

    /// The periods in which a tracked field had each of its values, in order: how long a sale stayed in a stage is
    /// plain SQL then.
    static func periods(of field: Field) -> Part {
        Declaration(
            name: periodsName(of: field),
            en: "\(field.label.en) period",
            es: "Periodo de \(field.label.es.lowercased())",
            plural: (
                key: "\(field.key)_periods", en: "\(field.label.en) periods",
                es: "Periodos de \(field.label.es.lowercased())"
            ),
            gender: .masculine,
            visibility: .kept,
            fields: [
                .choice(periodValue, en: field.label.en, es: field.label.es, .required, field.type.choices),
                .dateTime(periodStart, en: "Entered at", es: "Inicio", .required),
                .dateTime(periodEnd, en: "Left at", es: "Término"),
            ],
            tracking: field.key
        ).part
    }
}

extension Rule {
    /// Keeps the periods of a tracked field: each change ends one and begins the next.
    static func tracking(_ field: Field) -> Rule {
        let part = Part.periodsName(of: field)
        return Rule(
            watching: [field.key],
            after: { change, writer in
                let record = change.new
                guard let old = change.old else {
                    guard !record[field.key].isNull else { return }
                    // A copy of a record began when the record did.
                    let row = [record[field.key], record["created_at"], .null]
                    return try writer.addRow(row, of: part, to: record, at: 1)
                }
                let rows = try writer.rows(of: part, in: record)
                let last = rows.last
                // A clock that was set back since, or that of another machine, makes no period end before it begins.
                let moments = [writer.now, last?.values[1].text, last?.values[2].text].compactMap(\.self)
                let moment = moments.max() ?? writer.now
                if !old[field.key].isNull, let last, last.values[2].isNull {
                    let ended = [last.values[0], last.values[1], .text(moment)]
                    try writer.setRow(ended, of: part, in: record, at: last.position)
                }
                guard !record[field.key].isNull else { return }
                let begun: [Value] = [record[field.key], .text(moment), .null]
                try writer.addRow(begun, of: part, to: record, at: Int64(rows.count) + 1)
            },
            afterAll: { change, writer in
                try writer.turnPeriods(part, of: change.module, beginning: change.new[field.key] ?? .null)
            }
        )
    }
}
