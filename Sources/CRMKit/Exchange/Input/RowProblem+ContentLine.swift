import Formats
import Localization

extension RowProblem {
    /// Returns the message for a fault in a line of a card or calendar, given the words for its property and parameter.
    ///
    /// - Parameter likely: the likely encoding of bytes that are not UTF-8.
    static func reason(
        _ fault: ContentLineFault,
        property: Text,
        parameter: String,
        likely: TextEncoding
    ) -> Text {
        switch fault {
        case .malformedProperty:
            Text(
                en:
                    "this is no property, such as \(property.en); a line that goes on with the one above begins with a blank",
                es:
                    "esto no es una propiedad, como \(property.es); una línea que continúa la anterior empieza con un espacio"
            )
        case .malformedName(let name):
            Text(
                en: """
                    "\(name)" is no name of a property, which has letters, digits and hyphens alone: write it so, as in \
                    X-NAME:text, or a blank before the line where it goes on with the one above
                    """,
                es: """
                    «\(name)» no es nombre de propiedad, que solo tiene letras, dígitos y guiones: escribirlo así, como \
                    X-NOMBRE:texto, o un espacio antes de la línea si continúa la anterior
                    """
            )
        case .malformedParameter:
            Text(en: "this is no parameter, such as \(parameter)", es: "esto no es un parámetro, como \(parameter)")
        case .unterminatedQuote: Text(en: "this quote is never closed", es: "estas comillas no se cierran")
        case .unknownCharset(let name):
            Text(en: "the character set \(name) is not known", es: "no se conoce el juego de caracteres \(name)")
        case .nulByte: nul
        case .invalidUTF8: notUTF8(but: likely)
        }
    }
}
