import Formats
import Localization

/// The error that an XML document is not an invoice that can be imported.
struct InvoiceFault: Error {
    /// The position of the fault.
    let position: TextPosition
    /// The attribute at fault, with its element, and its value.
    var attribute: String?
    var value: String?
    let reason: Text
    /// Whether the document is a CFDI of another kind than an invoice of a purchase, with which nothing is wrong.
    var isOfOtherKind = false

    /// Returns the problem of the row with the fault.
    func problem(row: Int, file: String?) -> RowProblem {
        RowProblem(
            row: row,
            line: position.line,
            column: position.column,
            field: attribute,
            value: value,
            reason: reason,
            file: file
        )
    }
}

extension RowProblem {
    /// Creates the problem of an XML document that could not be read.
    init(_ error: XMLError, row: Int) {
        self.init(row: row, at: error.position, reason: Self.reason(error))
    }

    private static func reason(_ error: XMLError) -> Text {
        switch error {
        case .unreadable(let error): error.reason
        case .malformed(let fault, _): reason(fault)
        case .unexpectedEnd:
            Text(
                en: "the document ends before its end: it was cut",
                es: "el documento termina antes de su fin: se cortó"
            )
        case .mismatchedEnd(let name, _):
            Text(en: "another element than \(name) ends here", es: "aquí termina otro elemento que \(name)")
        case .repeatedAttribute(let name, _):
            Text(en: "the attribute \(name) is given twice", es: "el atributo \(name) se da dos veces")
        case .undeclaredPrefix(let prefix, _):
            Text(
                en: "the prefix \(prefix) stands for no namespace (xmlns:\(prefix))",
                es: "el prefijo \(prefix) no representa ningún espacio de nombres (xmlns:\(prefix))"
            )
        case .unsupportedEncoding(let name, _):
            Text(
                en: "the encoding \(name) is not read: save it in UTF-8",
                es: "la codificación \(name) no se lee: guardarlo en UTF-8"
            )
        case .unsupportedVersion(let version, _):
            Text(en: "XML \(version) is not known", es: "no se conoce XML \(version)")
        case .doctype:
            Text(
                en: "a DOCTYPE is never read: no invoice has one",
                es: "un DOCTYPE nunca se lee: ninguna factura lo lleva"
            )
        case .unknownEntity(let name, _):
            Text(
                en: "the entity &\(name); is not known: only &amp; &lt; &gt; &quot; &apos; are",
                es: "no se conoce la entidad &\(name);: solo &amp; &lt; &gt; &quot; &apos;"
            )
        case .beyond(let bound, let limit, _): reason(bound, limit)
        case .invalidCharacter:
            Text(en: "this character may not be in XML", es: "este carácter no puede estar en XML")
        case .invalidUTF8: notUTF8(but: .windows1252)
        }
    }

    private static func reason(_ fault: XMLError.Fault) -> Text {
        switch fault {
        case .noElement: Text(en: "there is nothing in it", es: "no contiene nada")
        case .outside:
            Text(
                en: "this stands outside of the one element of the document",
                es: "esto está fuera del único elemento del documento"
            )
        case .declaration:
            Text(
                en: "an XML declaration stands at the beginning, as in <?xml version=\"1.0\"?>",
                es: "una declaración XML va al principio, como en <?xml version=\"1.0\"?>"
            )
        case .name: Text(en: "this begins no name", es: "esto no empieza ningún nombre")
        case .tag: Text(en: "this is no tag, such as <a b=\"1\">", es: "esto no es una etiqueta, como <a b=\"1\">")
        case .attribute:
            Text(
                en: "this is no attribute, such as a=\"1\", in which < is written &lt;",
                es: "esto no es un atributo, como a=\"1\", en el que < se escribe &lt;"
            )
        case .markup: Text(en: "<! begins nothing that is read", es: "<! no empieza nada que se lea")
        case .comment: Text(en: "a comment has -- in it", es: "un comentario contiene --")
        case .instruction:
            Text(en: "this is no processing instruction", es: "esto no es una instrucción de proceso")
        case .reference:
            Text(en: "& begins no reference, such as &amp;", es: "& no empieza una referencia, como &amp;")
        case .sectionEnd: Text(en: "]]> stands in a text", es: "un texto contiene ]]>")
        case .namespace:
            Text(en: "this declares no namespace", es: "esto no declara ningún espacio de nombres")
        }
    }

    private static func reason(_ bound: XMLError.Bound, _ limit: Int) -> Text {
        switch bound {
        case .depth:
            Text(en: "elements stand more than \(limit) deep", es: "hay elementos a más de \(limit) niveles")
        case .attributes:
            Text(en: "an element has more than \(limit) attributes", es: "un elemento tiene más de \(limit) atributos")
        case .namespaces:
            Text(
                en: "more than \(limit) namespaces are declared",
                es: "se declaran más de \(limit) espacios de nombres"
            )
        case .name: Text(en: "a name is longer than \(limit) bytes", es: "un nombre pasa de \(limit) bytes")
        case .tag: Text(en: "a tag is longer than \(limit) bytes", es: "una etiqueta pasa de \(limit) bytes")
        }
    }
}
