import CRMKit

/// A mentioned record in words for people.
struct MentionWords {
    private let record: MentionedRecord
    private let audience: Audience

    init(_ record: MentionedRecord, for audience: Audience) {
        self.record = record
        self.audience = audience
    }

    var module: String { record.module.label(in: audience.language) }
    var id: String { "\(record.rows.integer(record.id.position))" }
    var name: String { record.rows.text(record.name.position) }
    var date: String { get throws { try PeopleText.of(record.date, in: record.rows, audience) } }

    /// The role on the link, or the label of the referring field, unless that is named like the module it refers to.
    var role: String {
        if let field = record.field {
            let isMatterOfCourse = field.type.target?.rawValue == field.key
            return isMatterOfCourse ? "" : field.label(in: audience.language)
        }
        guard let role = record.roleField, let column = record.column("role"), !record.rows.isNull(column.position)
        else { return "" }
        return role.type.label(of: record.rows.value(column.position), currency: nil, for: audience)
    }

    /// The occasion concerned, followed by its author and its value where there is one.
    var moment: String {
        get throws {
            guard let occasion = record.occasion else { return "" }
            let author = try text(of: "author")
            let words = try occasion.label(ofState: text(of: "state"))(in: audience.language)
            let label = author.isEmpty ? words : "\(words) (\(author))"
            let value = try text(of: "value")
            return value.isEmpty ? label : "\(label): \(value)"
        }
    }

    /// The values shown besides its name, as declared by its module. Amounts are shown with their currency.
    var details: String { get throws { try details(record.details).joined(separator: Self.separator) } }

    /// The details with numbers and dates first, so that text is cut, that of codes last, and the beginning with the
    /// numbers and dates alone, which must not be cut.
    var detailsToCut: (text: String, whole: String) {
        get throws {
            let whole = try details(record.details.filter(\.isFigure))
            let codes = try details(record.details.filter { $0.isWhole && !$0.isFigure })
            let texts = try details(record.details.filter { !$0.isWhole })
            return ((whole + codes + texts).joined(separator: Self.separator), whole.joined(separator: Self.separator))
        }
    }

    private static let separator = ", "

    private func details(_ columns: some Sequence<OutputColumn>) throws -> [String] {
        try columns.filter { $0.type != .currency }
            .map { try PeopleText.of($0, in: record.rows, audience) }
            .filter { !$0.isEmpty }
    }

    /// Returns the text of a column of the mention; empty for a column it does not have.
    func text(of key: String) throws -> String {
        try record.column(key).map { try PeopleText.of($0, in: record.rows, audience) } ?? ""
    }
}
