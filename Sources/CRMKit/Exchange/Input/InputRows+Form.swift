import Formats
import Localization

extension InputRows {
    /// Checks that the form of an input agrees with the format in which it is to be read.
    ///
    /// - Throws: ``RowProblem`` with the option to use; ``CRMError`` `inputOutput` if the input cannot be read.
    public static func check(_ source: ByteSource, is format: InputFormat) throws {
        guard let form = try source.inputForm(), let reason = try form.remedy(as: format, in: source) else { return }
        throw RowProblem(row: 0, line: 1, column: 1, field: nil, value: nil, reason: reason)
    }
}

extension ByteSource {
    /// Returns the form of the input by its first bytes, turning read errors into errors of inputs.
    func inputForm() throws -> InputForm? {
        do throws(ReadError) {
            return try form()
        } catch {
            throw error.asInputError(row: 0)
        }
    }

    /// Whether tabs divide the first line, turning read errors into errors of inputs.
    fileprivate func hasTabs() throws -> Bool {
        do throws(ReadError) {
            return try likelyDelimiter() == .tab
        } catch {
            throw error.asInputError(row: 0)
        }
    }
}

extension InputForm {
    /// Returns the advice for an input of this form that is to be read in a format; `nil` if they agree.
    fileprivate func remedy(as format: InputFormat, in source: ByteSource) throws -> Text? {
        switch (self, format) {
        case (.jsonArray, .json), (.jsonObject, .json), (.jsonObject, .jsonl), (.vCard, .vcard), (.iCalendar, .ics),
            (.markup, .cfdi):
            return nil
        case (.words, .json), (.words, .jsonl):
            let table: InputFormat = try source.hasTabs() ? .tsv : .csv
            return Text(
                en: "this is not JSON: read it with --input-format \(table.rawValue)",
                es: "esto no es JSON: leerlo con --input-format \(table.rawValue)"
            )
        case (.words, _): return nil
        case (.jsonArray, .jsonl):
            // Elements that are not objects are refused row by row.
            return Text(
                en: "each line must be a JSON object; an array is read with --input-format json",
                es: "cada línea debe ser un objeto JSON; un arreglo se lee con --input-format json"
            )
        case (.jsonArray, _): return Self.named("JSON", .json)
        case (.jsonObject, _): return Self.named("JSON", .jsonl)
        case (.vCard, _):
            return Text(
                en: "this is a vCard: read it with --input-format vcard, as 'contact import' can",
                es: "esto es una vCard: leerla con --input-format vcard, como puede 'contact import'"
            )
        case (.iCalendar, _):
            return Text(
                en: "this is a calendar (iCalendar): read it with --input-format ics, as 'event import' can",
                es: "esto es un calendario (iCalendar): leerlo con --input-format ics, como puede 'event import'"
            )
        case (.binary(let form), _): return form.remedy
        case (.directory, _):
            return Text(
                en: """
                    these are entries of a directory (LDIF), which are not read: export them as vCard or CSV, as Thunderbird's \
                    address book can
                    """,
                es: """
                    estas son entradas de un directorio (LDIF), que no se leen: exportarlas como vCard o CSV, como puede la \
                    libreta de direcciones de Thunderbird
                    """
            )
        case (.markup, _):
            return Text(
                en:
                    "this is HTML or XML, whatever its name: save it as CSV; of XML, purchase-order import reads a CFDI",
                es:
                    "esto es HTML o XML, diga lo que diga su nombre: guardarlo como CSV; de XML, purchase-order import lee CFDI"
            )
        }
    }

    private static func named(_ what: String, _ format: InputFormat) -> Text {
        Text(
            en: "this is \(what): read it with --input-format \(format.rawValue)",
            es: "esto es \(what): leerlo con --input-format \(format.rawValue)"
        )
    }
}
