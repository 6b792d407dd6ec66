import CRMKit
import Localization

/// A record that hangs on another, as people read it.
struct RelatedWords {
    private let record: RelatedRecords.Record
    private let audience: Audience

    init(_ record: RelatedRecords.Record, for audience: Audience) {
        self.record = record
        self.audience = audience
    }

    var module: String { record.way.module.label(in: audience.language) }
    var id: String { "\(record.rows.integer(record.id.position))" }
    var name: String { record.rows.text(record.name.position) }
    var date: String { get throws { try PeopleText.of(record.date, in: record.rows, audience) } }

    /// The role of its link, or by what it points where that is not a matter of course.
    var role: String {
        if let field = record.way.field {
            let isMatterOfCourse = field.type.target?.rawValue == field.key
            return isMatterOfCourse ? "" : field.label(in: audience.language)
        }
        guard let role = record.way.role, !record.rows.isNull(record.role.position) else { return "" }
        return role.type.label(of: record.rows.value(record.role.position), currency: nil, for: audience)
    }

    /// What its module has it say beside its name; amounts carry their currency.
    var details: String {
        get throws {
            try record.details.filter { $0.type != .currency }
                .map { try PeopleText.of($0, in: record.rows, audience) }
                .filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
    }
}
