import Formats
import Localization

extension RowProblem {
    /// Creates the problem of a card that could not be read.
    init(_ error: VCardError, card: Int, reason: Text) {
        self.init(row: card, at: error.position, reason: reason)
    }

    /// Returns the message for an error in a card.
    ///
    /// - Parameter likely: the likely encoding of bytes that are not UTF-8.
    static func reason(_ error: VCardError, likely: TextEncoding = .windows1252) -> Text {
        switch error {
        case .unreadable(let error): error.reason
        case .lineTooLong(let limit, _):
            Text(en: "the line is longer than \(limit) bytes", es: "la línea pasa de \(limit) bytes")
        case .cardTooLong(let limit, _):
            Text(en: "the card is longer than \(limit) bytes", es: "la tarjeta pasa de \(limit) bytes")
        case .textOutsideCard(let position):
            outside(isFirst: position.line == 1)
        case .mecard:
            Text(
                en: "this is a MECARD, as of a QR code, which is not read: make a vCard of it, as telephones do",
                es: "esto es una MECARD, como de un código QR, que no se lee: pasarla a vCard, como los teléfonos"
            )
        case .missingEnd:
            Text(en: "the card has no END:VCARD", es: "la tarjeta no tiene END:VCARD")
        case .unsupportedVersion(let version, _):
            Text(
                en: "version \"\(version)\" is not known: cards are of version 2.1, 3.0 or 4.0",
                es: "no se conoce la versión «\(version)»: las tarjetas son de la versión 2.1, 3.0 o 4.0"
            )
        case .malformed(let fault, _):
            reason(
                fault,
                property: Text(en: "NOTE:text", es: "NOTE:texto"),
                parameter: "TYPE=home",
                likely: likely
            )
        }
    }

    /// Returns the message for text outside a card. An input that begins with it is likely a table.
    private static func outside(isFirst: Bool) -> Text {
        Text(
            en: "this is outside a card, which begins with BEGIN:VCARD"
                + (isFirst ? "; a table is read with --input-format csv" : ""),
            es: "esto está fuera de una tarjeta, que empieza con BEGIN:VCARD"
                + (isFirst ? "; una tabla se lee con --input-format csv" : "")
        )
    }
}
