import CLIKit
import CRMKit
import Localization

extension FieldType {
    /// What the documents call a value of the type.
    var placeholder: String {
        switch self {
        case .identifier: "ID"
        case .text, .longText, .code: "TEXT"
        case .email: "EMAIL"
        case .phone: "PHONE"
        case .url: "URL"
        case .integer, .decimal: "N"
        case .percent: "PERCENT"
        case .money: "AMOUNT"
        case .currency, .country: "CODE"
        case .timeZone: "ZONE"
        case .date: "DATE"
        case .dateTime: "TIME"
        case .duration, .list(.duration): "DURATION"
        case .boolean: "YES|NO"
        case .choice: "CHOICE"
        case .reference, .anyReference: "REF"
        case .list(.text): "WORD"
        }
    }

    /// How a value of the type is written, for the manual.
    var spelling: Text {
        switch self {
        case .identifier: Text(en: "A record's number.", es: "El número de un registro.")
        case .text: Text(en: "One line of text.", es: "Una línea de texto.")
        case .longText: Text(en: "Text that may hold line breaks.", es: "Texto que puede tener saltos de línea.")
        case .code:
            Text(en: "One line of text that is compared exactly.", es: "Una línea de texto que se compara tal cual.")
        case .email:
            Text(en: "An e-mail address alone, without a name.", es: "Solo la dirección de correo, sin nombre.")
        case .phone:
            Text(
                en:
                    "With its country code, as in +52 55 1234 5678, or as it is dialled in the country that is configured.",
                es: "Con su código de país, como +52 55 1234 5678, o como se marca en el país configurado."
            )
        case .url:
            Text(en: "A web address; https:// may be left out.", es: "Una dirección web; https:// puede omitirse.")
        case .integer: Text(en: "A whole number.", es: "Un número entero.")
        case .decimal:
            Text(en: "A number, with a point before its decimals.", es: "Un número, con punto antes de los decimales.")
        case .percent:
            Text(en: "A number from 0 to 100; % may be left out.", es: "Un número de 0 a 100; % puede omitirse.")
        case .money:
            Text(
                en: "An amount in the record's currency, or with its own as in 12500.50 MXN.",
                es: "Un importe en la moneda del registro, o con la suya, como 12500.50 MXN."
            )
        case .currency: Text(en: "Three letters of ISO 4217, as in MXN.", es: "Tres letras de ISO 4217, como MXN.")
        case .country: Text(en: "Two letters of ISO 3166-1, as in MX.", es: "Dos letras de ISO 3166-1, como MX.")
        case .timeZone: Text(en: "A name of the IANA database.", es: "Un nombre de la base de datos de IANA.")
        case .date:
            Text(
                en: "YYYY-MM-DD, or from today as in today, +30d, -1w.",
                es: "AAAA-MM-DD, o desde hoy, como hoy, +30d, -1w."
            )
        case .dateTime:
            Text(
                en: "YYYY-MM-DD HH:MM in local time, or with an offset as in RFC 3339.",
                es: "AAAA-MM-DD HH:MM en hora local, o con desplazamiento como en RFC 3339."
            )
        case .duration, .list(.duration):
            Text(en: "A length of time, as in 15m, 2h or 1d.", es: "Un lapso, como 15m, 2h o 1d.")
        case .boolean: Text(en: "Without a value it is yes.", es: "Sin valor significa sí.")
        case .choice:
            Text(
                en: "A key of the list, or its label in either language.",
                es: "Una clave de la lista, o su etiqueta en cualquiera de los idiomas."
            )
        case .reference:
            Text(
                en: "The record's id or any other reference to it, as in name:Acme.",
                es: "El id del registro o cualquier otra referencia a él, como name:Acme."
            )
        case .anyReference:
            Text(en: "A module and a reference, as in case:3.", es: "Un módulo y una referencia, como case:3.")
        case .list(.text):
            Text(
                en: "One word or phrase; an empty one empties the list.",
                es: "Una palabra o frase; una vacía vacía la lista."
            )
        }
    }

    /// What a value of the type can be completed to.
    var completion: Completion {
        switch self {
        case .choice: .words(offeredChoices.map { ($0.key, $0.label) })
        case .reference(let target): .dynamic("reference:\(target.noun)")
        case .anyReference: .dynamic("reference:")
        default: .none
        }
    }
}
