import CRMKit
import Formats
import Localization

extension CRMError {
    /// Creates the error for a template that cannot be read or filled in.
    ///
    /// - Parameters:
    ///   - source: the name of the template's file.
    ///   - lines: the number of lines of the file before the template.
    init(_ error: TemplateError, in source: Text, after lines: Int = 0) {
        let line = error.line + lines
        let place = Text(en: "\(source.en), line \(line)", es: "\(source.es), línea \(line)")
        let reason = error.reason.wording
        let message = Text(en: "\(place.en): \(reason.en)", es: "\(place.es): \(reason.es)")
        self.init(.invalid, message, hint: error.reason.hint)
    }
}

extension TemplateError.Reason {
    fileprivate var wording: Text {
        switch self {
        case .unclosedTag: Text(en: "{{ has no }} on its line", es: "{{ no tiene }} en su línea")
        case .emptyTag: Text(en: "{{ }} names nothing", es: "{{ }} no nombra nada")
        case .unclosedSection(let name): Text(en: "{{#\(name)}} never ends", es: "{{#\(name)}} no termina")
        case .strayEnd(let name):
            Text(
                en: "{{/\(name)}} ends no section that is open",
                es: "{{/\(name)}} no cierra ninguna sección abierta"
            )
        case .tooDeep:
            Text(en: "too many sections within each other", es: "demasiadas secciones una dentro de otra")
        case .unsafePlace(let name):
            Text(
                en: "no value is safe where {{\(name)}} stands",
                es: "ningún valor es seguro donde está {{\(name)}}"
            )
        case .dividedPlace(let name):
            Text(
                en: "what is between {{#\(name)}} and its end leaves a tag, a value or a script half open",
                es: "lo que está entre {{#\(name)}} y su final deja a medias una etiqueta, un valor o un script"
            )
        case .unknownName(let name):
            Text(en: "there is nothing called {{\(name)}}", es: "no existe nada llamado {{\(name)}}")
        case .missingValue(let name): Text(en: "{{\(name)}} has no value", es: "{{\(name)}} no tiene valor")
        case .unsafeAddress(let name):
            Text(
                en: "{{\(name)}} is no web address, mail address or telephone to link to",
                es: "{{\(name)}} no es una dirección web, de correo ni un teléfono que enlazar"
            )
        case .severalRows(let name): Text(en: "{{\(name)}} has several rows", es: "{{\(name)}} tiene varias filas")
        }
    }

    /// What to write instead, where the reason does not say so already.
    fileprivate var hint: Text? {
        switch self {
        case .unclosedSection(let name): Text(en: "end it with {{/\(name)}}", es: "terminarla con {{/\(name)}}")
        case .unsafePlace:
            Text(
                en: "put it between tags, or in an attribute with quotes around it",
                es: "ponerlo entre etiquetas, o en un atributo entre comillas"
            )
        case .dividedPlace:
            Text(
                en: "put whole elements, whole attributes or a part of one value between them",
                es: "poner entre ambos elementos enteros, atributos enteros o una parte de un solo valor"
            )
        case .unknownName:
            Text(
                en: "write a field, a path such as organization.name, or what help of print lists",
                es: "escribir un campo, una ruta como organization.name, o lo que lista la ayuda de print"
            )
        case .missingValue(let name):
            Text(
                en: "write {{\(name)|}} where it may be missing, or words after the |",
                es: "escribir {{\(name)|}} donde puede faltar, o un texto después de |"
            )
        case .severalRows(let name):
            Text(
                en: "repeat what is between {{#\(name)}} and {{/\(name)}}",
                es: "repetir lo que está entre {{#\(name)}} y {{/\(name)}}"
            )
        case .unclosedTag, .emptyTag, .strayEnd, .tooDeep, .unsafeAddress: nil
        }
    }
}
