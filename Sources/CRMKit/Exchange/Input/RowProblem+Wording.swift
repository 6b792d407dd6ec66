import Formats
import Localization

extension RowProblem {
    init(_ error: CSVError, in encoding: InputEncoding) {
        self.init(row: error.position?.record ?? 0, at: error.position, reason: Self.reason(error, in: encoding))
    }

    init(_ error: JSONError, row: Int, in encoding: InputEncoding) {
        self.init(row: row, at: error.position, reason: Self.reason(error, in: encoding))
    }

    init(_ error: LineError, row: Int, in encoding: InputEncoding) {
        let reason: Text =
            switch error {
            case .unreadable(let error): error.reason
            case .tooLong(let limit, _):
                Text(en: "the line is longer than \(limit) bytes", es: "la línea pasa de \(limit) bytes")
            case .nulByte: Self.nul
            case .invalidUTF8(let byte, _): Self.malformed(byte, in: encoding)
            }
        self.init(row: row, at: error.position, reason: reason)
    }

    /// Creates the problem of bytes that are not in the stated encoding.
    init(_ contradiction: EncodingContradiction, row: Int) {
        let bytes = contradiction.bytes.map(Self.hexadecimal).joined(separator: " ")
        let told = contradiction.told.name
        let reason: Text
        if contradiction.found == .windows1252 {
            reason = Text(
                en: "--encoding says \(told), and the byte \(bytes) stands for no character in it: give cp1252",
                es: "--encoding dice \(told), y el byte \(bytes) no representa ningún carácter en ella: dar cp1252"
            )
        } else if let found = contradiction.found?.name {
            reason = Text(
                en:
                    "--encoding says \(told), and the bytes \(bytes) are \(found): leave --encoding out, or give \(found)",
                es: "--encoding dice \(told), y los bytes \(bytes) son \(found): omitir --encoding, o dar \(found)"
            )
        } else {
            reason = Text(
                en:
                    "--encoding says \(told), and the bytes \(bytes) are not that: leave --encoding out, or give cp1252",
                es: "--encoding dice \(told), y los bytes \(bytes) no lo son: omitir --encoding, o dar cp1252"
            )
        }
        let position = contradiction.position
        self.init(row: row, line: position.line, column: position.column, field: nil, value: nil, reason: reason)
    }

    /// Returns the message for a byte that the encoding of an input does not define. Half a surrogate pair of UTF-16
    /// has no byte to show.
    static func malformed(_ byte: UInt8, in encoding: InputEncoding) -> Text {
        let shown = hexadecimal(byte)
        switch encoding.known {
        case .utf8:
            let likely = encoding.likely.name
            return Text(
                en: "the byte \(shown) is not UTF-8; say how the text is encoded, as in --encoding \(likely)",
                es: "el byte \(shown) no es UTF-8; indicar la codificación del texto, como en --encoding \(likely)"
            )
        case .latin1, .latin9, .windows1250, .windows1252, .codePage850, .macintosh:
            return Text(
                en: "the byte \(shown) stands for no character in \(encoding.known)",
                es: "el byte \(shown) no representa ningún carácter en \(encoding.known)"
            )
        case .utf16, .utf16LittleEndian, .utf16BigEndian:
            return Text(en: "half a character of \(encoding.known)", es: "medio carácter de \(encoding.known)")
        }
    }

    /// Returns the message for a byte that is not UTF-8 in a format that allows no other encoding, so that no option
    /// helps.
    static func foreign(_ byte: UInt8) -> Text {
        let shown = hexadecimal(byte)
        return Text(
            en: "the byte \(shown) is not UTF-8: save the text as UTF-8, as 'iconv -f cp1252 -t utf-8' does",
            es: "el byte \(shown) no es UTF-8: guardar el texto en UTF-8, como hace «iconv -f cp1252 -t utf-8»"
        )
    }

    /// The message for a NUL byte in a format that allows no other encoding.
    static let foreignNUL = Text(
        en: "there is a NUL byte: save the text as UTF-8, as 'iconv -f utf-16 -t utf-8' does",
        es: "hay un byte NUL: guardar el texto en UTF-8, como hace «iconv -f utf-16 -t utf-8»"
    )

    private static func hexadecimal(_ byte: UInt8) -> String {
        byte.digits(radix: 16, uppercase: true, atLeast: 2)
    }

    static let nul = Text(
        en: "there is a NUL byte; if the text is in UTF-16, give --encoding utf-16",
        es: "hay un byte NUL; si el texto está en UTF-16, dar --encoding utf-16"
    )
    /// Returns the message for text that is not UTF-8, with its likely encoding.
    static func notUTF8(but likely: TextEncoding) -> Text {
        Text(
            en: "this is not UTF-8; say how the text is encoded, as in --encoding \(likely.name)",
            es: "esto no es UTF-8; indicar la codificación del texto, como en --encoding \(likely.name)"
        )
    }

    private static func reason(_ error: CSVError, in encoding: InputEncoding) -> Text {
        switch error {
        case .unreadable(let error): error.reason
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
        case .invalidUTF8(let byte, _): malformed(byte, in: encoding)
        case .unknownEscape:
            Text(
                en: "a backslash begins none of \\t \\n \\r \\\\",
                es: "una barra invertida no inicia ninguno de \\t \\n \\r \\\\"
            )
        case .raggedRow(let expected, let found, _, _):
            Text(
                en: "the row has \(found) \(found == 1 ? "field" : "fields") where the header has \(expected)",
                es: "la fila tiene \(found) \(found == 1 ? "campo" : "campos") y el encabezado \(expected)"
            )
        }
    }

    private static func reason(_ error: JSONError, in encoding: InputEncoding) -> Text {
        switch error {
        case .unreadable(let error): error.reason
        case .tooLong(let limit, _):
            Text(en: "the value is longer than \(limit) bytes", es: "el valor pasa de \(limit) bytes")
        case .notAnArray: Text(en: "an array is expected", es: "se espera un arreglo")
        case .duplicateKey(let key, _):
            Text(en: "\"\(key)\" stands twice in one object", es: "«\(key)» está dos veces en un objeto")
        case .invalidUTF8(let byte, _): malformed(byte, in: encoding)
        case .unexpectedEnd: Text(en: "the JSON ends too early", es: "el JSON termina antes de tiempo")
        case .trailingData:
            Text(en: "there is text after the JSON value", es: "hay texto después del valor JSON")
        case .unexpectedByte(let byte, _) where byte > 0x20 && byte < 0x7F:
            notJSON(en: "\(Unicode.Scalar(byte)) cannot stand here", es: "\(Unicode.Scalar(byte)) no puede ir aquí")
        case .unexpectedByte(let byte, _):
            notJSON(
                en: "the byte \(hexadecimal(byte)) cannot stand here",
                es: "el byte \(hexadecimal(byte)) no puede ir aquí"
            )
        case .invalidLiteral(let word, _):
            notJSON(
                en: "'\(word)' is none of true, false and null, and texts stand in double quotes",
                es: "'\(word)' no es true, false ni null, y los textos van entre comillas dobles"
            )
        case .invalidNumber:
            notJSON(en: "this is no number as JSON writes it", es: "esto no es un número como los de JSON")
        case .tooDeep(let limit, _):
            notJSON(en: "it is nested deeper than \(limit)", es: "tiene más de \(limit) niveles")
        case .loneSurrogate: notJSON(en: "\\u is half a character", es: "\\u es medio carácter")
        case .controlCharacter(let byte, _):
            notJSON(
                en: "the control character \(hexadecimal(byte)) must be escaped",
                es: "el carácter de control \(hexadecimal(byte)) debe ir con \\"
            )
        case .invalidEscape:
            notJSON(en: "this backslash begins no escape", es: "esta barra invertida no inicia ningún escape")
        }
    }

    private static func notJSON(en: String, es: String) -> Text {
        Text(en: "this is not valid JSON: \(en)", es: "esto no es JSON válido: \(es)")
    }
}
