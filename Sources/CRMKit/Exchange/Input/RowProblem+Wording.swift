import Formats
import Localization

extension RowProblem {
    init(_ error: CSVError) {
        let position = error.position
        self.init(
            row: position?.record ?? 0,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: Self.reason(error)
        )
    }

    init(_ error: JSONError, row: Int) {
        let position = error.position
        self.init(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: Self.reason(error)
        )
    }

    init(_ error: LineError, row: Int) {
        let position = error.position
        let reason: Text =
            switch error {
            case .unreadable(let error): Text("\(error)")
            case .tooLong(let limit, _):
                Text(en: "the line is longer than \(limit) bytes", es: "la línea pasa de \(limit) bytes")
            case .nulByte: Self.nul
            case .invalidUTF8: Self.notUTF8
            }
        self.init(
            row: row,
            line: position?.line ?? 0,
            column: position?.column,
            field: nil,
            value: nil,
            reason: reason
        )
    }

    static let nul = Text(en: "there is a NUL byte", es: "hay un byte NUL")
    static let notUTF8 = Text(en: "this is not UTF-8", es: "esto no es UTF-8")

    private static func reason(_ error: CSVError) -> Text {
        switch error {
        case .unreadable(let error): Text("\(error)")
        case .recordTooLong(let limit, _):
            Text(en: "the record is longer than \(limit) bytes", es: "el registro pasa de \(limit) bytes")
        case .unterminatedQuote:
            Text(en: "this quote is never closed", es: "estas comillas no se cierran")
        case .bareQuote:
            Text(
                en: "a quote stands inside a field that is not quoted; double it and quote the field",
                es: "hay unas comillas dentro de un campo sin comillas; duplicarlas y entrecomillar el campo"
            )
        case .textAfterQuote:
            Text(en: "there is text after the closing quote", es: "hay texto después de las comillas de cierre")
        case .bareCarriageReturn:
            Text(
                en: "a carriage return stands alone; end lines with LF or CR LF",
                es: "hay un retorno de carro solo; terminar las líneas con LF o CR LF"
            )
        case .nulByte: nul
        case .invalidUTF8: notUTF8
        case .unknownEscape:
            Text(
                en: "a backslash begins none of \\t \\n \\r \\\\",
                es: "una barra invertida no inicia ninguno de \\t \\n \\r \\\\"
            )
        case .raggedRow(let expected, let found, _):
            Text(
                en: "the row has \(found) fields where the header has \(expected)",
                es: "la fila tiene \(found) campos y el encabezado \(expected)"
            )
        }
    }

    private static func reason(_ error: JSONError) -> Text {
        switch error {
        case .unreadable(let error): Text("\(error)")
        case .tooLong(let limit, _):
            Text(en: "the value is longer than \(limit) bytes", es: "el valor pasa de \(limit) bytes")
        case .notAnArray: Text(en: "an array is expected", es: "se espera un arreglo")
        case .duplicateKey(let key, _):
            Text(en: "\"\(key)\" stands twice in one object", es: "«\(key)» está dos veces en un objeto")
        case .invalidUTF8: notUTF8
        case .unexpectedEnd: Text(en: "the JSON ends too early", es: "el JSON termina antes de tiempo")
        case .trailingData:
            Text(en: "there is text after the JSON value", es: "hay texto después del valor JSON")
        case .unexpectedByte, .invalidLiteral, .invalidNumber, .tooDeep, .loneSurrogate, .controlCharacter,
            .invalidEscape:
            Text(en: "this is not valid JSON: \(error)", es: "esto no es JSON válido: \(error)")
        }
    }
}
