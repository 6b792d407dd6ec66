import Formats
import Localization

extension RowProblem {
    /// What is wrong with a line of a card or calendar, with a property and a parameter as they are there.
    static func reason(_ fault: ContentLineFault, property: Text, parameter: String) -> Text {
        switch fault {
        case .malformedProperty:
            Text(
                en: "this is no property, such as \(property.en)",
                es: "esto no es una propiedad, como \(property.es)"
            )
        case .malformedParameter:
            Text(en: "this is no parameter, such as \(parameter)", es: "esto no es un parámetro, como \(parameter)")
        case .unterminatedQuote: Text(en: "this quote is never closed", es: "estas comillas no se cierran")
        case .unknownCharset(let name):
            Text(en: "the character set \(name) is not known", es: "no se conoce el juego de caracteres \(name)")
        case .nulByte: nul
        case .invalidUTF8: notUTF8
        }
    }
}
