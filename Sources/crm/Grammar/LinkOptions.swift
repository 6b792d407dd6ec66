import CLIKit
import CRMKit
import Localization

/// The options by which the attributes of a link are given, and their reading.
struct LinkOptions {
    static let group = Text(en: "Link", es: "Vínculo")
    private let link: LinkDefinition

    init(_ link: LinkDefinition) { self.link = link }

    /// An option for each attribute.
    var attributes: [any OptionDeclaration] { link.attributes.map(option) }

    /// The texts that a command line gives for attributes, by their keys.
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
