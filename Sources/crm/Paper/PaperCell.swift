import CRMKit

/// The text of a record's cells in printed documents.
struct PaperCell {
    let style: LetterStyle
    let audience: Audience
    /// The ISO 4217 code of the document's currency.
    let currency: String?

    /// The suffix of a country's name in a template that is filled in only for a country other than the letter's.
    static let foreign = ".foreign"

    /// The suffix of an amount's name in a template for the amount as a deduction, with its sign.
    static let off = ".off"

    private static let minus: Character = "\u{2212}"

    /// Returns an amount to subtract, with its sign: `−10.00` for `10.00`, and `+10.00` for a negative amount, as on a
    /// line of returned goods.
    ///
    /// - Parameter blank: the text between the sign and the amount.
    static func off(_ text: String, blank: String = "") -> String {
        guard let sign = text.first, sign == minus || sign == "-" else { return "\(minus)\(blank)\(text)" }
        return "+\(blank)\(text.dropFirst())"
    }

    /// Returns the text of a cell; empty for no value.
    func text(of column: OutputColumn, in row: Rows) throws -> String {
        if row.isNull(column.position) { return "" }
        switch column.kind {
        case .money(let position):
            return style.amount(minorUnits: row.integer(column.position), currency: row.text(position))
        case .integer: return style.number(units: row.integer(column.position), digits: 0, currency: currency)
        case .scaled(let digits):
            return style.number(units: row.integer(column.position), digits: digits, currency: currency)
        case .text where column.type.form == .date: return style.day(row.text(column.position))
        case .text where column.type.form == .moment: return style.moment(row.text(column.position))
        case .choice where column.key == "kind":
            let own = style.name(ofTax: row.text(column.position))
            return try own ?? PeopleText.of(column, in: row, audience)
        default: return try PeopleText.of(column, in: row, audience)
        }
    }

    /// Returns the names of a cell in templates, with their texts: the value; for an amount, also the value unless it
    /// is zero, the amount as a deduction and in words; for a country, its code, and its name unless it is the
    /// letter's; for a choice, one name for each possible value, empty for those not selected.
    func names(of column: OutputColumn, in row: Rows) throws -> [(name: String, text: String)] {
        let (key, text) = (column.key, try text(of: column, in: row))
        var names = [(name: key, text: text)]
        switch column.kind {
        case .money(let position):
            let amount = row.integer(column.position)
            names.append(("\(key).nonzero", amount == 0 ? "" : text))
            names.append(("\(key)\(PaperCell.off)", text.isEmpty ? "" : Self.off(text)))
            let words = text.isEmpty ? "" : style.words(minorUnits: amount, currency: row.text(position))
            names.append(("\(key).words", words))
        case .text where column.type == .country:
            names.append(("\(key).code", row.isNull(column.position) ? "" : row.text(column.position)))
            names.append(
                ("\(key)\(PaperCell.foreign)", text.isEmpty ? "" : style.foreignCountry(row.text(column.position)))
            )
        case .choice(let choices):
            let chosen = row.isNull(column.position) ? "" : row.text(column.position)
            names += choices.map { ("\(key).\($0.key)", $0.key == chosen ? text : "") }
        default: break
        }
        return names
    }
}
