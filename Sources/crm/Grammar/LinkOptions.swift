import CLIKit
import CRMKit
import Localization

/// The options for the attributes of a link, and the reading of their values.
struct LinkOptions {
    static let group = Text(en: "Link", es: "Vínculo")
    private let link: LinkDefinition

    init(_ link: LinkDefinition) { self.link = link }

    /// An option for each attribute.
    var attributes: [any OptionDeclaration] { link.attributes.map(option) }

    /// Returns the texts given for attributes on a command line, with their keys.
    func texts(in invocation: Invocation) -> [(key: String, text: String)] {
        link.attributes.compactMap { field in invocation[option(field)].map { (field.key, $0) } }
    }

    private func option(_ field: Field) -> ValueOption<String> {
        ValueOption<String>(
            field.flag,
            field.type.placeholder,
            summary: field.summary,
            discussion: field.type.spelling,
            group: Self.group,
            completion: field.type.completion
        )
    }
}
